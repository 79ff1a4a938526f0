/** Klaviyo's words for comparing numbers. */
export const SIGNS = {
  "=": "equals",
  "!=": "not-equals",
  "<": "less-than",
  "<=": "less-than-or-equal",
  ">": "greater-than",
  ">=": "greater-than-or-equal",
} as const;
