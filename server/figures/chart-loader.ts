import type { Loader } from "vega";

/** What a link of a chart becomes. */
export interface ChartLink {
  readonly href: string;
  readonly target?: string;
  readonly rel?: string;
}

/** Refuses every address, except for what `follow` makes of links that a reader may follow by hand. */
export function closedLoader(note: (text: string) => void, follow: (uri: string) => ChartLink | null): Loader {
  const refused = async (uri: string): Promise<never> => {
    note(`Nothing is loaded from elsewhere: ${uri}`);
    throw new Error("Charts load nothing.");
  };
  return {
    load: refused,
    http: refused,
    file: refused,
    sanitize: async (uri, options) => {
      const link = (options as { context?: string }).context === "href" ? follow(uri) : null;
      return link ?? refused(uri);
    },
  };
}
