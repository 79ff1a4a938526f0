import { literal, wheel } from "./randomness.ts";

export const CATEGORIES = ["Kitchen", "Bedding", "Lighting", "Garden", "Storage", "Bath"] as const;

type Category = (typeof CATEGORIES)[number];

/** What the shop sells: name and price, the best-selling first. */
const PRODUCTS: Readonly<Record<Category, readonly (readonly [name: string, price: number])[]>> = {
  Kitchen: [
    ["Oak chopping board", 24],
    ["Enamel mug, pair", 14.5],
    ["Linen tea towels", 12],
    ["Pepper mill", 29],
    ["Stoneware bowls, four", 36],
    ["Cast-iron pan", 54],
    ["Bread bin", 42],
    ["Chef's knife", 68],
    ["Kettle, two litres", 59],
    ["Copper saucepan", 118],
  ],
  Bedding: [
    ["Pillowcase, pair", 19],
    ["Cotton sheet", 34],
    ["Wool throw", 62],
    ["Duvet cover", 72],
    ["Feather pillow", 38],
    ["Quilt", 129],
    ["Mattress protector", 31],
    ["Bolster", 27.5],
    ["Linen set", 165],
    ["Winter duvet", 142],
  ],
  Lighting: [
    ["Beeswax candles", 11],
    ["Desk lamp", 48],
    ["Paper shade", 18],
    ["Bedside lamp", 39],
    ["Filament bulbs, three", 16.5],
    ["Pendant", 86],
    ["Lantern", 33],
    ["Floor lamp", 134],
    ["Wall light", 74],
    ["String lights", 21],
  ],
  Garden: [
    ["Terracotta pot", 13],
    ["Seed box", 9.5],
    ["Watering can", 32],
    ["Hand fork", 15],
    ["Bird table", 46],
    ["Folding chair", 58],
    ["Parasol", 92],
    ["Fire bowl", 149],
    ["Kneeling mat", 12.5],
    ["Trellis", 27],
  ],
  Storage: [
    ["Seagrass basket", 22],
    ["Glass jars, six", 18],
    ["Coat hooks", 26],
    ["Shoe rack", 44],
    ["Felt boxes, three", 24],
    ["Trunk", 96],
    ["Shelf bracket, pair", 17],
    ["Wall shelf", 52],
    ["Laundry hamper", 49],
    ["Chest of drawers", 178],
  ],
  Bath: [
    ["Hand towel", 11.5],
    ["Olive soap, four", 10],
    ["Bath towel", 23],
    ["Bath mat", 27],
    ["Soap dish", 9],
    ["Waffle robe", 64],
    ["Towel rail", 57],
    ["Mirror", 82],
    ["Bath rack", 35],
    ["Shower curtain", 29.5],
  ],
};

/** Table `products`; a product's id is its category's number times 100 and its place in it. */
export function productsTable(): string {
  const rows = CATEGORIES.flatMap((category, c) =>
    PRODUCTS[category].map(([name, price], i) => {
      const slug = name.toLowerCase().replaceAll(/[^a-z]+/g, "-");
      return `(${(c + 1) * 100 + i + 1}, ${literal(category)}, ${literal(name)}, ${price}, ${literal(`/p/${slug}`)})`;
    }),
  );
  return `CREATE TABLE products AS
    SELECT product_id::INTEGER AS product_id, category, product, price::DECIMAL(10,2) AS price, page
    FROM (VALUES ${rows.join(", ")}) AS rows(product_id, category, product, price, page)`;
}

/** A product's id: half from the person's favourite category, half from what sells in that month, best-sellers first. */
export function productOf(key: string, favourite: string, month: string): string {
  const category = `CASE WHEN unit(${key}, 'loyal') < 0.5 THEN ${favourite}
    ELSE pick(${categoryWheel(month)}, unit(${key}, 'category')) END`;
  const place = `floor(10 * pow(unit(${key}, 'product'), 1.6))`;
  return `(100 * list_position([${CATEGORIES.map(literal).join(", ")}], ${category}) + 1 + ${place})::INTEGER`;
}

export function categoryWheel(month: string): string {
  const garden = [2, 2, 6, 12, 16, 16, 14, 11, 8, 5, 3, 3][Number(month.slice(5)) - 1] ?? 6;
  const dark = [12, 11, 8, 6, 5, 5, 5, 6, 9, 12, 15, 16][Number(month.slice(5)) - 1] ?? 9;
  return wheel({ Kitchen: 26, Bedding: 18, Lighting: dark, Garden: garden, Storage: 15, Bath: 14 });
}
