/** The scale on which a metric's noise is even, so that one spread fits all its periods. */
export interface Scale {
  readonly forward: (rate: number) => number;
  readonly back: (y: number) => number;
}

/** For shares: y = asin √rate. */
export const ARCSINE: Scale = {
  forward: (rate) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, rate)))),
  back: (y) => Math.sin(Math.min(Math.PI / 2, Math.max(0, y))) ** 2,
};

/** For sizes: y = ln members. */
export const LOG: Scale = { forward: (size) => Math.log(Math.max(size, 0.5)), back: Math.exp };

/** asin √((x + 3/8)/(n + 3/4)): x of n with a variance of about 1/(4n) whatever the rate (Anscombe 1948). */
export function anscombe(x: number, n: number): number {
  return Math.asin(Math.sqrt((x + 0.375) / (n + 0.75)));
}

/** 4n/(1 + (n − 1)ρ): the precision of `anscombe` where the n share a correlation ρ, which varies x by that factor (Williams 1982). */
export function precision(n: number, rho: number): number {
  return (4 * n) / (1 + (n - 1) * rho);
}
