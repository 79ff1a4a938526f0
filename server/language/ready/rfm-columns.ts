/** The columns that `template: rfm` adds, in order. */
export const rfmColumns = ["recency_days", "frequency", "monetary", "r", "f", "m", "rfm_score", "rfm_segment"] as const;
