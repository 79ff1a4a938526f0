/** What the audit tells about a source besides its counts: a row of `<id>_audit`, and shown with the cell. */
export interface Finding {
  readonly check: string;
  readonly column: string | null;
  readonly severity: "warning" | "note";
  readonly rows: number;
  readonly example: string | null;
  readonly message: string;
  readonly hint: string;
}
