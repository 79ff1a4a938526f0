/** What a rule can be written as. */
export const WRITTEN = ["tree", "jsonlogic", "klaviyo", "hubspot"] as const;
export type WriteFormat = (typeof WRITTEN)[number];

/** What a rule can be read from. */
export const READ = ["tree", "jsonlogic", "klaviyo", "hubspot", "posthog", "sql"] as const;
export type ReadFormat = (typeof READ)[number];
