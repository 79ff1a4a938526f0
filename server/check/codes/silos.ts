import type { Code } from "../code.ts";

/** What the keys of the sources say about each other, from the data. */
export const silosCodes: readonly Code[] = [
  {
    code: "key-match",
    severity: "note",
    meaning: "how many keys of each source are in each other",
    example: "`customer_id`: 87 % of `customers` in `orders`, all the other way",
  },
  {
    code: "silo-keys",
    severity: "warning",
    meaning: "sources whose keys meet too seldom",
    example: "web visits whose `customer_id` is a cookie",
  },
  {
    code: "keys-alike",
    severity: "warning",
    meaning: "keys that differ in case, blanks or leading zeros alone",
    example: "`A17` here, `a17 ` there",
  },
  {
    code: "missing-keys",
    severity: "warning",
    meaning: "rows without a key, where none is required",
    example: "a quarter of the orders without `customer_id`",
  },
  { code: "test-keys", severity: "warning", meaning: "keys that stand for nobody", example: "`test`, `0`, `9999`" },
  {
    code: "silo-unread",
    severity: "note",
    meaning: "a source whose keys could not be compared",
    example: "a file that can't be read",
  },
];
