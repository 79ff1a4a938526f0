import type { SegmentRef } from "../../server/segments/profile/view.ts";
import { segmentRefsHash, segmentRefsIn } from "./segment-refs.ts";
import { type SeriesRef, seriesRefHash, seriesRefIn } from "./series-ref.ts";

/** What a notebook is compared with: a git revision, another notebook, or its own file while something is not saved. */
export type Against = { readonly revision: string } | { readonly path: string } | { readonly saved: true };

/** Where in the workbench the reader is; the address bar says the same. */
export type Route =
  | { readonly page: "start" }
  | { readonly page: "notebook"; readonly path: string; readonly cell: string | null }
  | { readonly page: "compare"; readonly path: string; readonly against: Against | null }
  | { readonly page: "segments" }
  /** One segment of a notebook, or several side by side. */
  | { readonly page: "segment"; readonly path: string; readonly segments: readonly SegmentRef[] }
  /** One person of a notebook; null where none is chosen yet. */
  | { readonly page: "person"; readonly path: string; readonly person: string | null }
  | { readonly page: "monitor" }
  /** One watched series of a notebook; null where the address names none. */
  | { readonly page: "series"; readonly path: string; readonly series: SeriesRef | null }
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
  if (path.startsWith("/compare/notebooks/")) {
    return { page: "compare", path: path.slice("/compare/".length), against: againstIn(hash) };
  }
  if (path.startsWith("/segments/notebooks/")) {
    return { page: "segment", path: path.slice("/segments/".length), segments: segmentRefsIn(hash) };
  }
  if (path.startsWith("/monitor/notebooks/")) {
    return { page: "series", path: path.slice("/monitor/".length), series: seriesRefIn(hash) };
  }
  if (path.startsWith("/people/notebooks/")) {
    const person = decoded(hash.slice(1));
    return { page: "person", path: path.slice("/people/".length), person: person === "" ? null : person };
  }
  if (!path.startsWith("/notebooks/")) return { page: "nowhere", path };
  return { page: "notebook", path: path.slice(1), cell: hash.length > 1 ? hash.slice(1) : null };
}

/** The address of a route, without the values of a notebook's inputs. */
export function routeHref(route: Route): string {
  if (route.page === "start") return "/";
  if (route.page === "nowhere") return route.path;
  if (!("path" in route)) return `/${route.page}`;
  const path = route.path.split("/").map(encodeURIComponent).join("/");
  if (route.page === "segment") return `/segments/${path}${segmentRefsHash(route.segments)}`;
  if (route.page === "series") return `/monitor/${path}${seriesRefHash(route.series)}`;
  if (route.page === "person") {
    return `/people/${path}${route.person === null ? "" : `#${encodeURIComponent(route.person)}`}`;
  }
  if (route.page === "compare") return `/compare/${path}${againstHash(route.against)}`;
  return `/${path}${route.cell === null ? "" : `#${route.cell}`}`;
}

/** Whether two are not the same: each reading of an address makes a new one. */
export function isOther(one: Against | null | undefined, other: Against | null | undefined): boolean {
  return JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
}

function againstIn(hash: string): Against | null {
  const [key = "", value = ""] = hash.slice(1).split(/=(.*)/s);
  const name = decoded(value);
  if (key === "saved") return { saved: true };
  if (name === null || name === "") return null;
  return key === "revision" ? { revision: name } : key === "notebook" ? { path: name } : null;
}

function againstHash(against: Against | null): string {
  if (against === null) return "";
  if ("saved" in against) return "#saved";
  const [key, name] = "revision" in against ? ["revision", against.revision] : ["notebook", against.path];
  return `#${key}=${name.split("/").map(encodeURIComponent).join("/")}`;
}

function decoded(pathname: string): string | null {
  try {
    return pathname.split("/").map(decodeURIComponent).join("/");
  } catch {
    return null;
  }
}
