/** What a computation gives: a value, or the reason why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Fault;

/** An expected error: what is wrong, where, and what to do about it. */
export interface Fault {
  readonly ok: false;
  /** Lower case with dashes, such as `column-all-missing`. */
  readonly code: string;
  /** The column at fault; null where it is none in particular. */
  readonly column: string | null;
  readonly message: string;
  readonly hint: string;
}

/** Something worth knowing that does not stand in the way. */
export interface Finding {
  readonly code: string;
  readonly column: string | null;
  readonly message: string;
  readonly hint: string;
}

/** Wraps a value. */
export function good<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Builds an expected error that concerns no column, or the given one. */
export function fault(code: string, message: string, hint: string, column: string | null = null): Fault {
  return { ok: false, code, column, message, hint };
}
