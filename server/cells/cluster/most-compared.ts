/** Numbers of clusters that are chosen from, each of which is clustered and judged thirty times. */
export const MOST_COMPARED = 50;
