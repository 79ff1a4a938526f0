import type { FeaturesBody } from "../cells/features.ts";
import type { SegmentsBody } from "../cells/segments.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import type { Plan } from "../run/plan.ts";
import { columnsOf, type StudiedCell } from "../run/studied.ts";
import { bodyOf } from "./body-of.ts";
import { type Options, optionsOf } from "./options.ts";
import { type Scopes, scopesOf } from "./sql/scopes.ts";
import { OPAQUE, type Origin, type Shape } from "./sql/shape.ts";
import type { Node } from "./sql/tree.ts";
import type { Statement } from "./statements.ts";

/** Stands for the rows around an expression. */
const ROWS = "__segbook_rows";

/** What the notebook says of its relations, without looking at any rows. */
export class Facts {
  readonly #byId: ReadonlyMap<string, StudiedCell>;
  readonly #scopes = new Map<Statement, Scopes>();
  readonly #going = new Set<Statement>();

  constructor(
    readonly plan: Plan,
    private readonly statements: readonly Statement[],
  ) {
    this.#byId = new Map([...plan.cells].reverse().map((studied) => [studied.cell.id, studied]));
  }

  /** The SELECTs of a statement with what their names mean. */
  scopes(statement: Statement): Scopes {
    const known = this.#scopes.get(statement);
    if (known !== undefined) return known;
    // Cells that read each other in a circle are told by the plan.
    if (this.#going.has(statement)) return { scopes: [], shape: OPAQUE, unread: [] };
    this.#going.add(statement);
    const { query } = statement.parsed;
    const isQuery = statement.form === "query";
    const read = isQuery ? query : { ...query, from_table: { type: "BASE_TABLE", table_name: ROWS, alias: "" } };
    const found = scopesOf(read, (name) => (name === ROWS ? this.#around(statement) : this.shape(name)));
    this.#going.delete(statement);
    this.#scopes.set(statement, found);
    return found;
  }

  /** The source whose rows a relation is; null where it is none. */
  source(relation: string): SourceBody | null {
    const studied = this.#byId.get(relation);
    return studied?.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
  }

  /** Columns of a relation, and what tells its rows apart; null where there is none of that name. */
  shape(name: string): Shape | null {
    const home = this.plan.studies.names.home(name);
    const studied = home === null ? undefined : this.#byId.get(home.cell.id);
    if (home === null || studied === undefined) return null;
    const { columns } = columnsOf(studied, home.suffix);
    const own = home.suffix === "" ? this.#query(studied) : null;
    const origins = own === null ? null : this.scopes(own).shape;
    const shown = columns?.map(({ name: column, type }) => {
      const origin = origins?.columns?.find((one) => one.name.toLowerCase() === column.toLowerCase())?.origin ?? null;
      return { name: column, type, origin: origin ?? { relation: name.toLowerCase(), column } };
    });
    const keys =
      home.suffix === "" ? [...keysOf(studied, this.plan.notebook.head.entity), ...(origins?.keys ?? [])] : [];
    const opaque = home.suffix !== "" || studied.cell.kind === "transform" || origins?.opaque === true;
    return { columns: shown ?? null, keys, opaque };
  }

  /** The values that a column may have; null where it may have any. */
  options({ relation, column }: Origin): Options | null {
    const studied = this.#byId.get(relation.toLowerCase());
    return studied === undefined ? null : optionsOf(studied, column, this);
  }

  /** The origin of what a `{sql: …}` feature carries on unchanged, such as `{sql: country}`. */
  carried(studied: StudiedCell, column: string): Origin | null {
    const statement = this.statements.find((one) => one.studied === studied && one.name === column);
    const [item] = (statement?.parsed.query.select_list ?? []) as readonly Node[];
    const names = item?.class === "COLUMN_REF" ? (item.column_names as string[]) : [];
    const from = bodyOf<FeaturesBody>(studied)?.from ?? null;
    const [name] = names;
    return from === null || names.length !== 1 || name === undefined ? null : { relation: from, column: name };
  }

  /** The rows that an expression works on: those of its own cell, and of what a features cell is made from. */
  #around({ studied }: Statement): Shape {
    const { id } = studied.cell;
    const from = bodyOf<Partial<FeaturesBody>>(studied)?.from ?? null;
    const own = columnsOf(studied, "").columns?.map(({ name, type }) => ({
      ...{ name, type },
      origin: { relation: id, column: name },
    }));
    const beside = from === null ? null : this.shape(from);
    const keys = keysOf(studied, this.plan.notebook.head.entity);
    if (own === undefined || beside?.columns === null) return { columns: null, keys, opaque: false };
    return { columns: [...own, ...(beside?.columns ?? [])], keys, opaque: false };
  }

  /** The query that a cell is; null for cells of other kinds. */
  #query(studied: StudiedCell): Statement | null {
    return this.statements.find((one) => one.studied === studied && one.form === "query") ?? null;
  }
}

/** Sets of columns that a cell's kind promises to be unique. */
function keysOf(studied: StudiedCell, entity: string): string[][] {
  if (["features", "score", "cluster"].includes(studied.cell.kind)) return [[entity.toLowerCase()]];
  if (studied.cell.kind === "segments") {
    const isSingle = bodyOf<SegmentsBody>(studied)?.exclusive === true;
    return isSingle ? [[entity.toLowerCase()]] : [[entity.toLowerCase(), "segment"]];
  }
  const body = studied.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
  if (body === null) return [];
  const unique = Object.entries(body.columns).filter(([, column]) => column.unique);
  const dedupe = body.dedupe.map((name) => name.toLowerCase());
  return [...unique.map(([name]) => [name.toLowerCase()]), ...(dedupe.length === 0 ? [] : [dedupe])];
}
