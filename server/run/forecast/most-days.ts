/** So many days are looked ahead at most: each is a run of its own. */
export const MOST_DAYS = 31;
