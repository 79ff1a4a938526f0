/** Follows a pressed pointer until it is let go: each movement sideways, in pixels. */
export function followPointer(event: PointerEvent, moved: (dx: number) => void): void {
  const grip = event.currentTarget;
  if (!(grip instanceof HTMLElement)) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  let x = event.clientX;
  const move = (next: PointerEvent) => {
    moved(next.clientX - x);
    x = next.clientX;
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
}
