/** Where in the workbench the reader is; the address bar says the same. */
export type Route =
  | { readonly page: "start" }
  | { readonly page: "notebook"; readonly path: string; readonly cell: string | null }
  | { readonly page: "segments" }
  | { readonly page: "monitor" }
  | { readonly page: "data" }
  | { readonly page: "nowhere"; readonly path: string };

/** Reads an address. A notebook's path is the workspace's: `notebooks/first-segments.md`. */
export function parseRoute({ pathname, hash }: { pathname: string; hash: string }): Route {
  const path = decoded(pathname);
  if (path === null) return { page: "nowhere", path: pathname };
  if (path === "/" || path === "/notebooks" || path === "/notebooks/") return { page: "start" };
  if (path === "/segments") return { page: "segments" };
  if (path === "/monitor") return { page: "monitor" };
  if (path === "/data") return { page: "data" };
  if (!path.startsWith("/notebooks/")) return { page: "nowhere", path };
  return { page: "notebook", path: path.slice(1), cell: hash.length > 1 ? hash.slice(1) : null };
}

/** The address of a route, without the values of a notebook's inputs. */
export function routeHref(route: Route): string {
  if (route.page === "start") return "/";
  if (route.page === "nowhere") return route.path;
  if (route.page !== "notebook") return `/${route.page}`;
  const path = route.path.split("/").map(encodeURIComponent).join("/");
  return `/${path}${route.cell === null ? "" : `#${route.cell}`}`;
}

function decoded(pathname: string): string | null {
  try {
    return pathname.split("/").map(decodeURIComponent).join("/");
  } catch {
    return null;
  }
}
