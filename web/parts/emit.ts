/** Sends an element's intent to whoever holds it, through every shadow root on the way; false where it was refused. */
export function emit<T>(host: EventTarget, name: string, detail: T): boolean {
  return host.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true, cancelable: true }));
}
