/** The engine counts bytes of UTF-8; our texts are UTF-16. Gives the offset into `text` of a byte offset. */
export function fromByteOffset(text: string, bytes: number): number {
  let seen = 0;
  let at = 0;
  for (const character of text) {
    if (seen >= bytes) return at;
    const code = character.codePointAt(0) ?? 0;
    seen += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += character.length;
  }
  return at;
}
