import type { MiddlewareHandler } from "hono";
import { callProblem, refuse } from "./refuse.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Lets through only what is addressed to us by a name of ours, and what no other page sent. */
export function sameOrigin(address: Address): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("Host")?.toLowerCase();
    if (host === undefined || !isOurs(host, address)) {
      const hint = "Open the address that `segbook serve` printed.";
      return refuse(c, callProblem("wrong-host", "This server does not go by the name in the request.", hint), 403);
    }
    const origin = c.req.header("Origin");
    const site = c.req.header("Sec-Fetch-Site");
    // The API's answers are for our own page; pages may be linked to. Another port of this machine has our cookie too.
    const isOwn = (c.req.method !== "GET" && c.req.method !== "HEAD") || /^\/+api(?:\/|$)/.test(c.req.path);
    // A browser that tells where a call comes from is believed; others send no such header.
    const foreign = isOwn && site !== undefined && site !== "same-origin" && site !== "none";
    if ((origin !== undefined && origin.toLowerCase() !== `http://${host}`) || foreign) {
      const hint = "Use the workbench's own page.";
      return refuse(c, callProblem("wrong-origin", "Another page may not call this server.", hint), 403);
    }
    return next();
  };
}

/** Names that a page elsewhere can't point at us: the bound address and the loopback's; any bare address where all are bound. */
function isOurs(host: string, { host: bound, port }: Address): boolean {
  const found = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(host);
  if (!found?.[1] || Number(found[2] ?? 80) !== port) return false;
  const name = found[1];
  if (["localhost", "127.0.0.1", "[::1]", bracketed(bound.toLowerCase())].includes(name)) return true;
  const everywhere = bound === "0.0.0.0" || bound === "::";
  return everywhere && (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) || name.startsWith("["));
}

/** A host as it stands in an address: IPv6 in brackets. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
