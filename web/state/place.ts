import { parseRoute, type Route, routeHref } from "./route.ts";
import { Watchable } from "./watchable.ts";

/** The address bar: where the reader is, and the values of the notebook's inputs. */
export class Place extends Watchable {
  constructor() {
    super();
    addEventListener("popstate", () => this.changed());
  }

  get route(): Route {
    return parseRoute(location);
  }

  /** The query as it stands, with its question mark. */
  get query(): string {
    return location.search;
  }

  go(route: Route): void {
    const href = routeHref(route);
    if (href === location.pathname + location.hash) return;
    history.pushState(null, "", href);
    this.changed();
  }

  /** Goes to a route without a step to come back from. */
  settle(route: Route): void {
    history.replaceState(null, "", routeHref(route) + location.search);
    this.changed();
  }

  /** Writes the query beside the present route; nobody is told, for nothing else has changed. */
  replaceQuery(query: string): void {
    history.replaceState(null, "", location.pathname + query + location.hash);
  }

  /** Follows plain clicks on links of this workbench; for a listener on the page's root. */
  readonly follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link === undefined || link.origin !== location.origin || link.target !== "" || link.hasAttribute("download"))
      return;
    if (link.pathname.startsWith("/api/")) return;
    event.preventDefault();
    this.go(parseRoute(link));
  };
}
