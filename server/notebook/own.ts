/** What a record holds under a name that somebody chose: every object answers to `constructor`, though nobody put it there. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
