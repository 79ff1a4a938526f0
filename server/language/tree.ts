/** Where something was written: offsets into the text, `to` behind its last character. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Unit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

/** `value` is a plain decimal without needless zeros, so that nothing passes through a double; the notation is kept for printing. */
export interface NumberValue extends Span {
  readonly kind: "number";
  readonly value: string;
  readonly notation: "plain" | "money" | "percent";
}
export interface TextValue extends Span {
  readonly kind: "text";
  readonly value: string;
}
export interface BooleanValue extends Span {
  readonly kind: "boolean";
  readonly value: boolean;
}
/** A date, which stands for its whole day in the notebook's zone, or a date with a time. Kept as written. */
export interface MomentValue extends Span {
  readonly kind: "moment";
  readonly text: string;
}
export interface InputName extends Span {
  readonly kind: "input";
  readonly name: string;
}
export type Operand = NumberValue | TextValue | BooleanValue | MomentValue | InputName;

/** A count of times or units: a whole number, or an input that holds one. */
export type Quantity = NumberValue | InputName;
export type Moment = MomentValue | InputName;

export interface Duration extends Span {
  readonly count: Quantity;
  readonly unit: Unit;
}

/** A column: an attribute, or inside WHERE a property of the event. `marked` where `attribute` was written before it. */
export interface Subject extends Span {
  readonly name: string;
  readonly marked: boolean;
}

/** A kind of event and which of them; `marked` where `event` was written before it. */
export interface Step extends Span {
  readonly words: string;
  readonly relation: string;
  readonly marked: boolean;
  readonly where: Rule | null;
}

export interface SegmentName extends Span {
  readonly cell: string;
  readonly name: string;
  /** True where it is written `cell.name`. */
  readonly qualified: boolean;
}

export interface Times extends Span {
  readonly how: "at least" | "at most" | "exactly" | "more than" | "fewer than" | "never";
  /** Null for `never`. */
  readonly count: Quantity | null;
}

export type Window =
  | (Span & { readonly kind: "last" | "ago"; readonly duration: Duration })
  | (Span & { readonly kind: "before" | "after"; readonly moment: Moment })
  | (Span & { readonly kind: "between"; readonly low: Moment; readonly high: Moment });

export type MeasureName =
  | "count"
  | "sum"
  | "average"
  | "median"
  | "min"
  | "max"
  | "stddev"
  | "distinct"
  | "most frequent";

/** One number, or value, out of an entity's events. `property` is null for `count` alone. */
export interface Measure extends Span {
  readonly kind: "measure";
  readonly how: MeasureName;
  readonly property: Subject | null;
  readonly step: Step;
  readonly window: Window | null;
}

export type MeasureTest =
  | { readonly kind: "compare"; readonly operator: Comparison; readonly value: Operand }
  | { readonly kind: "between"; readonly negated: boolean; readonly low: Operand; readonly high: Operand };

/** A condition on one column; the only kind that WHERE may hold, beside AND, OR and NOT. */
export type ColumnCondition = Span & { readonly subject: Subject } & (
    | { readonly kind: "compare"; readonly operator: Comparison; readonly value: Operand }
    | { readonly kind: "between"; readonly negated: boolean; readonly low: Operand; readonly high: Operand }
    | { readonly kind: "among"; readonly negated: boolean; readonly values: readonly Operand[] }
    | {
        readonly kind: "matches";
        readonly negated: boolean;
        readonly how: "contains" | "starts with" | "ends with";
        readonly value: Operand;
      }
    | { readonly kind: "known"; readonly negated: boolean }
    | { readonly kind: "ago"; readonly operator: "<" | "<=" | ">" | ">="; readonly duration: Duration }
    | { readonly kind: "date"; readonly how: "before" | "after" | "on"; readonly moment: Moment }
    | { readonly kind: "recent"; readonly negated: boolean; readonly duration: Duration }
    | { readonly kind: "anniversary"; readonly duration: Duration }
  );

export type EventCondition = Span &
  (
    | { readonly kind: "happened"; readonly step: Step; readonly times: Times | null; readonly window: Window | null }
    | {
        readonly kind: "sequence";
        readonly steps: readonly Step[];
        readonly within: Duration;
        readonly window: Window | null;
      }
    | { readonly kind: "measured"; readonly measure: Measure; readonly test: MeasureTest }
  );

export type SegmentCondition = Span & { readonly segment: SegmentName } & (
    | { readonly kind: "in segment" }
    | { readonly kind: "entered" | "left"; readonly window: Window }
  );

export type Rule =
  | (Span & { readonly kind: "and" | "or"; readonly parts: readonly Rule[] })
  | (Span & { readonly kind: "not"; readonly part: Rule })
  | ColumnCondition
  | EventCondition
  | SegmentCondition;

export type Expression =
  | NumberValue
  | InputName
  | Measure
  | (Span & {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & { readonly kind: "negative"; readonly part: Expression })
  /** How long ago the first or last such event was. */
  | (Span & {
      readonly kind: "since";
      readonly unit: Unit;
      readonly which: "first" | "last";
      readonly step: Step;
      readonly window: Window | null;
    })
  /** Average whole days from one event to the next. */
  | (Span & { readonly kind: "gap"; readonly step: Step; readonly window: Window | null });
