/**
 * Chance as SQL macros: every draw is a hash of the seed, a stream's name, a row's number and the draw's name, so it
 * is the same on any number of threads, in any order of rows, and however the work is cut into pieces.
 *
 * DuckDB combines `hash(a, b)` by XOR, which makes `hash(a, 'x')` and `hash(a, 'y')` differ by a constant; hence the
 * outer hash around every XOR.
 */
export function randomness(seed: number): string[] {
  return [
    `CREATE OR REPLACE MACRO key_of(stream, n) AS hash(xor(hash(n::BIGINT), hash('${seed} ' || stream)))`,
    // The top 53 bits, half a step above zero so that the logarithm is finite.
    `CREATE OR REPLACE MACRO unit(k, draw) AS
       (hash(xor(k, hash(draw))) >> 11)::DOUBLE * 1.1102230246251565e-16 + 5.5e-17`,
    // Box and Muller, 1958.
    `CREATE OR REPLACE MACRO normal(k, draw) AS
       sqrt(-2e0 * ln(unit(k, draw || ' radius'))) * cos(2e0 * pi() * unit(k, draw || ' angle'))`,
    // Log-normal with mean 1.
    `CREATE OR REPLACE MACRO varied(k, draw, spread) AS exp(spread * normal(k, draw) - spread * spread / 2e0)`,
    `CREATE OR REPLACE MACRO pick(wheel, u) AS wheel[1 + floor(u * len(wheel))::INTEGER]`,
    // Geometric from 1 with the given mean, at most \`most\`.
    `CREATE OR REPLACE MACRO geometric(u, mean, most) AS
       least(1 + floor(ln(u) / ln(1e0 - 1e0 / mean)), most)::INTEGER`,
  ];
}

/** A list of 100 in which each name stands as often as its weight says (largest remainders), as a SQL literal. */
export function wheel(weights: Readonly<Record<string, number>>): string {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const parts = Object.entries(weights).map(([name, weight]) => {
    const exact = (100 * weight) / total;
    return { name, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  const left = 100 - parts.reduce((sum, part) => sum + part.whole, 0);
  const favoured = new Set([...parts].sort((a, b) => b.rest - a.rest || (a.name < b.name ? -1 : 1)).slice(0, left));
  const slots = parts.flatMap((part) => Array<string>(part.whole + (favoured.has(part) ? 1 : 0)).fill(part.name));
  return `[${slots.map(literal).join(", ")}]`;
}

/** A text, a number or a truth value as SQL. */
export function literal(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value);
  return `'${value.replaceAll("'", "''")}'`;
}
