/** Keeps a file where the browser keeps what it downloads. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser begins to read it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
