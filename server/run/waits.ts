type Place = { readonly line: number; readonly column: number } | null;

/** Who waits for whose study. A wait that would close a round would never end, so it is refused and told to all in it. */
export class Waits {
  private readonly edges = new Map<string, Map<string, Place>>();
  private readonly rounds = new Map<string, { round: readonly string[]; place: Place }>();

  /** Notes that `reader` waits for `target`; false, and the round is kept, where `target` waits for `reader` already. */
  begin(reader: string, target: string, place: Place): boolean {
    const path = this.path(target, reader);
    if (path === null) {
      const waiting = this.edges.get(reader) ?? new Map<string, Place>();
      this.edges.set(reader, waiting.set(target, place));
      return true;
    }
    // path: target … reader, each waiting for the next; reader closes it.
    path.forEach((id, index) => {
      if (this.rounds.has(id)) return;
      const round = [...path.slice(index), ...path.slice(0, index), id];
      const next = round[1] ?? id;
      this.rounds.set(id, { round, place: id === reader ? place : (this.edges.get(id)?.get(next) ?? null) });
    });
    return false;
  }

  end(reader: string, target: string): void {
    this.edges.get(reader)?.delete(target);
  }

  /** The round that a cell is in, from the cell back to itself, and where the cell reads the next of it. */
  roundOf(id: string): { readonly round: readonly string[]; readonly place: Place } | null {
    return this.rounds.get(id) ?? null;
  }

  /** Cells from one to another, each waiting for the next; null where none leads there. */
  private path(from: string, to: string): string[] | null {
    const seen = new Set<string>();
    const walk = (id: string): string[] | null => {
      if (id === to) return [id];
      if (seen.has(id)) return null;
      seen.add(id);
      for (const next of this.edges.get(id)?.keys() ?? []) {
        const rest = walk(next);
        if (rest !== null) return [id, ...rest];
      }
      return null;
    };
    return walk(from);
  }
}
