/**
 * Something that one side says and the other can't. An `error` keeps the rule from being written or read; a `note` is
 * said, but means something a little different there.
 */
export interface Remark {
  /** Stable, lower case with dashes. */
  readonly code: string;
  readonly severity: "error" | "note";
  /** Where: a path such as `$.rules[2].value` or `line 1, column 14` in what is read, the condition's text in what is written. */
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}

/** A name of theirs that stands for nothing in the notebook. */
export interface UnknownName {
  readonly what: "attribute" | "event" | "property" | "segment";
  readonly theirs: string;
  readonly at: string;
  /** Names of the notebook that look most like it, and all that it may stand for. */
  readonly near: readonly string[];
  readonly known: readonly string[];
}

/** Collects what there is to say; the same remark at the same place is kept once. */
export class Remarks {
  readonly list: Remark[] = [];
  private readonly seen = new Set<string>();

  error(at: string, fault: Omit<Remark, "severity" | "at">): null {
    this.add({ ...fault, severity: "error", at });
    return null;
  }

  note(at: string, fault: Omit<Remark, "severity" | "at">): void {
    this.add({ ...fault, severity: "note", at });
  }

  get hasErrors(): boolean {
    return this.list.some(({ severity }) => severity === "error");
  }

  private add(remark: Remark): void {
    const key = JSON.stringify([remark.code, remark.at, remark.message]);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.list.push(remark);
  }
}
