/** Reads a statement's tree as the engine writes it; a number too large to be one, which JSON has no word for, is null. */
export function readTree<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const told = /"(?:[^"\\]|\\.)*"|-?\b(?:Infinity|NaN)\b/g;
    return JSON.parse(text.replace(told, (found) => (found.startsWith('"') ? found : "null"))) as T;
  }
}
