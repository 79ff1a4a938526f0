/** So many different conditions of one rule are counted together; the combinations of more would be too many. */
export const MOST_CONDITIONS = 16;
