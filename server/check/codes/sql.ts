import type { Code } from "../code.ts";

/** What the engine says of SQL, without running it. */
export const sqlCodes: readonly Code[] = [
  { code: "sql-empty", severity: "error", meaning: "a sql cell without text", example: "a fence with nothing in it" },
  { code: "sql-syntax", severity: "error", meaning: "SQL that can't be parsed", example: "`SELEC 1`" },
  {
    code: "sql-binder",
    severity: "error",
    meaning: "names or types that do not fit",
    example: "`SELECT amout FROM orders`",
  },
  {
    code: "sql-catalog",
    severity: "error",
    meaning: "a function that the engine does not have",
    example: "`SELECT summ(amount)`",
  },
  {
    code: "sql-conversion",
    severity: "error",
    meaning: "a value that can't be made another type",
    example: "`SELECT 'a'::INT`",
  },
  {
    code: "sql-memory",
    severity: "error",
    meaning: "more memory is needed than the kernel has",
    example: "a join of everything with everything",
  },
  {
    code: "sql-permission",
    severity: "error",
    meaning: "something that the kernel may not do",
    example: "a file's path in place of a cell's id",
  },
  { code: "sql-io", severity: "error", meaning: "a file can't be read or written", example: "a full disk" },
  {
    code: "sql-other",
    severity: "error",
    meaning: "any other refusal of the engine",
    example: "what the message says",
  },
  {
    code: "function-refused",
    severity: "error",
    meaning: "a function that reaches outside the notebook",
    example: "`read_csv('x.csv')`",
  },
  {
    code: "unknown-function",
    severity: "error",
    meaning: "a function that is not on the list of those allowed",
    example: "`SELECT sumx(1)`",
  },
  {
    code: "expression-reads",
    severity: "error",
    meaning: "`{sql: …}` of a feature reads a relation",
    example: "`{sql: '(SELECT max(amount) FROM orders)'}`",
  },
];
