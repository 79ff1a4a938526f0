interface Node {
  readonly modifiers?: readonly { readonly type: string }[];
}

/** Whether a SELECT says itself in which order its rows come, told by its parsed statement; otherwise the engine's threads do. */
export function isOrdered(canonical: string): boolean {
  const { node } = JSON.parse(canonical) as { node?: Node };
  return node?.modifiers?.some(({ type }) => type === "ORDER_MODIFIER") ?? false;
}

/** The same rows in an order that does not depend on threads: by all their columns, where the SELECT gives none. */
export function inTotalOrder(statement: string, order: { readonly isOrdered: boolean }): string {
  return order.isOrdered ? statement : `SELECT * FROM (\n${statement}\n) ORDER BY ALL`;
}
