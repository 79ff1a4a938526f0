import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { formatCount } from "../../../server/figures/format.ts";
import { describeRule } from "../../../server/language/describe.ts";
import { MOST_CONDITIONS } from "../../../server/language/most-conditions.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import type { LanguageProblem, Vocabulary } from "../../../server/language/vocabulary.ts";
import { setScalar } from "../../../server/notebook/edit/set-scalar.ts";
import type { Cell } from "../../../server/notebook/model.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/button.ts";
import "../../parts/problem.ts";
import { strokeOf } from "../../shell/key-stroke.ts";
import { OfferedValues } from "../../state/offered-values.ts";
import { RulePreview } from "../../state/rule-preview.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { type WrittenRule, writtenRules } from "../written-rules.ts";
import type { Aside } from "./asides.ts";
import "./asides.ts";
import { atHand, type BuilderContext } from "./at-hand.ts";
import { builderStyle } from "./builder-style.ts";
import { type Gap, ItemDrag } from "./drag.ts";
import { changed, everyItem, itemAt, moved, placeOf, without } from "./edit-model.ts";
import { type ItemCommand, itemCommand } from "./item-keys.ts";
import { clockOf, type Knows, vocabularyOf } from "./knows.ts";
import { type Condition, type Group, type Leaf, modelOf, ruleOf, textOf } from "./model.ts";
import { obeyed } from "./obey.ts";
import { printModel } from "./print-model.ts";
import { questionOf } from "./question.ts";
import { withIdsOf } from "./same-ids.ts";
import { changeWords, guessWords, shareWords } from "./size-words.ts";
import { type Tally, tallyOf } from "./tally.ts";
import { groupView } from "./tree-view.ts";

/**
 * A rule as groups of conditions beside its text: what is changed here is printed there, what is typed there is drawn
 * here. Muting is of this view alone and in no file. Events: `close`; `make-change` with an edit that could not be made.
 */
@customElement("seg-rule-builder")
export class SegRuleBuilder extends LitElement {
  static override styles = [base, builderStyle];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  /** Which rule of the cell; its text is taken from the notebook as it is now. */
  @property({ attribute: false }) rule: Pick<WrittenRule, "name" | "path"> | null = null;
  @state() private root: Group = modelOf(null);
  @state() private muted: ReadonlySet<string> = new Set();
  /** The part at hand. */
  @state() private at = "";
  /** Why the text can't be drawn; what was drawn last stays, and can't be changed. */
  @state() private unreadable: LanguageProblem | null = null;
  /** What was read last, or printed: that text needs no reading. */
  #read: string | null = null;
  /** The rule's text now; a new rule has none. */
  #text = "";
  #names = "";
  #knows: Knows | null = null;
  #preview: RulePreview | null = null;
  #offered: OfferedValues | null = null;
  #tally: Tally | null = null;
  /** What is to get the focus once it is drawn. */
  #focus: { readonly id: string; readonly on: "grip" | "fields" } | null = null;
  readonly #drag = new ItemDrag(
    this,
    (id) => this.#gaps(id),
    (id, gap) => this.#apply("Moved a condition", moved(this.root, id, gap), { id, on: "grip" }),
  );

  constructor() {
    super();
    new Watch(this, () => [this.session, this.#preview]);
    this.addEventListener("focusin", () => atHand.take(this));
  }

  override willUpdate(changes: PropertyValues<this>): void {
    const { session, cell, rule } = this;
    if (session === null || cell === null || rule === null) return;
    if (changes.has("session") || this.#preview === null || this.#offered === null) {
      this.#preview?.stop();
      this.#preview = new RulePreview(session);
      this.#offered = new OfferedValues(session);
    }
    const { vocabulary, of } = vocabularyOf(session, cell);
    const readOnly = session.file.readOnly || this.unreadable !== null;
    const names = JSON.stringify([vocabulary, of, readOnly]);
    if (names !== this.#names) {
      this.#names = names;
      this.#knows = { vocabulary, of, cell: cell.id, offered: this.#offered, readOnly };
      // Names that were not known before may make the text readable.
      if (this.unreadable !== null) this.#read = null;
    }
    this.#text = this.#textNow(session, cell.id, rule.path);
    if (this.#text !== this.#read) this.#readText(this.#text, vocabulary);
    if (!everyItem(this.root).some(({ id }) => id === this.at)) this.at = this.root.items[0]?.id ?? this.root.id;
    this.#preview.want(questionOf(session, cell, { rule: rule.name, root: this.root }));
    const { answered } = this.#preview;
    this.#tally =
      answered === null || this.unreadable !== null
        ? null
        : tallyOf(this.root, { view: answered.view, texts: answered.asking.conditions, muted: this.muted });
  }

  override render() {
    const { session, rule } = this;
    const knows = this.#knows;
    if (session === null || rule === null || knows === null) return nothing;
    const drawn = ruleOf(this.root);
    const clock = clockOf(session);
    return html`${this.#top()} ${this.#mutes()} ${this.#problems()}
      <div ?inert=${this.unreadable !== null}>
        ${groupView(this.root, {
          ...{ root: this.root, knows, clock, tally: this.#tally, muted: this.muted, at: this.at },
          problem: (item) => this.#problemOf(item),
          obey: (id, command) => this.obey(command, id),
          key: (id, event) => this.#key(id, event),
          grab: (id, event) => this.#grab(id, event),
          leaf: (id, leaf) => this.#leaf(id, leaf),
        })}
      </div>
      ${drawn === null ? nothing : html`<p class="words">${describeRule(drawn, clock)}</p>`}
      <p class="source">${this.#text === "" ? "In the text once a condition is chosen." : this.#text}</p>
      <p class="keys" id="keys">
        On a handle: arrows go, Alt and arrows move, A and O add by AND and OR, Ctrl+G groups, N negates, M mutes, Del
        removes.
      </p>
      ${this.#asides(session, rule.name)} ${this.#line()}`;
  }

  override updated(): void {
    const wanted = this.#focus;
    if (wanted === null) return;
    const row = this.renderRoot.querySelector(`[data-id="${wanted.id}"]`);
    const fields = row?.querySelector<HTMLElement>(":scope > .head > seg-condition") ?? null;
    const grip = this.renderRoot.querySelector<HTMLElement>(`[data-grip="${wanted.id}"]`);
    if (grip === null) return;
    this.#focus = null;
    if (wanted.on === "fields" && fields !== null) fields.focus();
    else grip.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#preview?.stop();
    this.session?.part(this);
    atHand.leave(this);
  }

  /** The part at hand gets the focus. */
  override focus(): void {
    void this.updateComplete.then(() => {
      if (this.root.items.length === 0) this.obey("add", this.root.id);
      else this.#go({ id: this.at, on: "grip" });
    });
  }

  /** Does something to a part, or to the one at hand. */
  obey(command: ItemCommand, id: string = this.at): void {
    if (command === "mute") {
      this.#mute(id);
      return;
    }
    if (this.#knows?.readOnly !== false && !GOING.has(command)) return;
    const done = obeyed(this.root, id, command);
    if (done === null) return;
    if (done.root !== this.root) this.#apply(done.label, done.root, done.focus);
    else this.#go(done.focus);
  }

  /** Opens the rule's past or its SQL below it. */
  show(aside: Aside): void {
    this.renderRoot.querySelector("seg-rule-asides")?.show(aside);
  }

  /** Of the rule in the text; there is nothing to look at before there is one. */
  #asides(session: Session, name: string) {
    const { cell } = this;
    if (cell === null || this.#text.trim() === "") return nothing;
    return html`<seg-rule-asides
      .session=${session}
      cell=${cell.id}
      rule=${name}
      ?replayable=${cell.kind === "segments"}
    ></seg-rule-asides>`;
  }

  #go(focus: { readonly id: string; readonly on: "grip" | "fields" }): void {
    this.at = focus.id;
    this.#focus = focus;
    this.requestUpdate();
  }

  #apply(label: string, root: Group, focus: { readonly id: string; readonly on: "grip" | "fields" } | null): void {
    if (root === this.root) return;
    this.root = root;
    this.muted = new Set([...this.muted].filter((id) => itemAt(root, id) !== null));
    if (focus !== null) this.#go(focus);
    this.#write(label, "done");
  }

  #leaf(id: string, leaf: Leaf): void {
    const before = itemAt(this.root, id);
    const isNew = before?.kind === "condition" && before.leaf === null;
    this.root = changed<Condition>(this.root, id, (item) => ({ ...item, leaf, source: null }));
    this.at = id;
    this.#write(isNew ? "Added a condition" : "Changed a condition", isNew ? "done" : "typed");
  }

  /** Prints what is built into the cell's text. What is typed without a pause is taken back together. */
  #write(label: string, how: "done" | "typed"): void {
    const { session, cell, rule } = this;
    const vocabulary = this.#knows?.vocabulary;
    if (session === null || cell === null || rule === null || vocabulary === undefined) return;
    const printed = printModel(this.root, vocabulary, { lines: this.#text.includes("\n") ? "several" : "one" });
    // A rule of which nothing is left keeps its text until there is another.
    if (printed === null || printed === this.#text) return;
    const text = setScalar(session.notebook.text, cell.id, rule.path, printed);
    if (typeof text !== "string") {
      emit(this, "make-change", { label, text, at: cell.id });
      return;
    }
    this.#read = printed;
    if (how === "typed") session.type(text, { cell: cell.id, where: `rule ${cell.id} ${rule.name}`, how: "typed" });
    else session.change(`${label} in ${rule.name}`, text, { at: cell.id });
  }

  /** Where the cell's YAML can't be read, the rule is what it was. */
  #textNow({ notebook }: Session, id: string, path: WrittenRule["path"]): string {
    const cell = notebook.cells.find((each) => each.id === id);
    const rules = cell === undefined ? null : writtenRules(cell);
    if (rules === null) return this.#text;
    return rules.find((each) => JSON.stringify(each.path) === JSON.stringify(path))?.text ?? "";
  }

  #readText(text: string, vocabulary: Vocabulary): void {
    this.#read = text;
    const { rule, problems } = text.trim() === "" ? { rule: null, problems: [] } : parseRule(text, vocabulary);
    this.unreadable = text.trim() !== "" && rule === null ? (problems[0] ?? null) : null;
    if (this.unreadable !== null) return;
    this.root = withIdsOf(modelOf(rule, text), this.root);
    this.muted = new Set([...this.muted].filter((id) => itemAt(this.root, id) !== null));
  }

  #mute(id: string): void {
    const item = itemAt(this.root, id);
    if (item === null || ruleOf(item) === null || id === this.root.id) return;
    const muted = new Set(this.muted);
    const what = item.kind === "group" ? "a group" : "a condition";
    const label = `${muted.delete(id) ? "Unmuted" : "Muted"} ${what}`;
    if (!this.muted.has(id)) muted.add(id);
    this.#muteOnly(muted, label);
    this.#go({ id, on: "grip" });
  }

  /** A step like any other, though no text has it. */
  #muteOnly(muted: ReadonlySet<string>, label: string): void {
    const before = this.muted;
    const show = (ids: ReadonlySet<string>) => {
      this.muted = new Set([...ids].filter((id) => itemAt(this.root, id) !== null));
    };
    show(muted);
    const name = this.rule?.name ?? "";
    this.session?.look(`${label} in ${name}`, { by: this, back: () => show(before), again: () => show(muted) });
  }

  #removeMuted(): void {
    let root = this.root;
    for (const id of this.muted) root = without(root, id);
    this.#apply("Removed what was muted", root, { id: root.items[0]?.id ?? root.id, on: "grip" });
  }

  #top() {
    const tally = this.#tally;
    const preview = this.#preview;
    const sample = preview?.answered?.view.sample ?? null;
    const excluded = preview?.answered?.view.excluded ?? 0;
    const isOld = tally === null || preview?.pending === true;
    return html`<div class="top" role="status">
      <span class="size">${tally === null ? "…" : guessWords(tally.size)}</span>
      <span class="about">${tally === null ? "people" : shareWords(tally)}</span>
      ${tally?.left == null || tally.left.count === tally.size.count ? nothing : html`<span class="about">${guessWords(tally.left)} after earlier segments</span>`}
      ${excluded > 0 && sample === null ? html`<span class="about">${formatCount(excluded)} left out by exclude</span>` : nothing}
      <span class="about">${this.#pendingWords(isOld, sample)}</span>
      <seg-button class="close" kind="quiet" @click=${() => emit(this, "close", null)}>Close</seg-button>
    </div>`;
  }

  #pendingWords(isOld: boolean, sample: { people: number; of: number } | null): string {
    const preview = this.#preview;
    if (preview === null || preview.problem !== null) return "";
    if (this.#conditions > MOST_CONDITIONS)
      return `Sizes are told for up to ${MOST_CONDITIONS} different conditions; this rule has ${this.#conditions}. Run the cell for its size.`;
    if (sample !== null)
      return `from a sample of ${formatCount(sample.people)}${preview.pending ? ", counting everybody …" : ""}`;
    return isOld && preview.pending ? "counting …" : "";
  }

  get #conditions(): number {
    const texts = everyItem(this.root).flatMap((item) =>
      item.kind === "condition" && item.leaf !== null ? [textOf(item.leaf)] : [],
    );
    return new Set(texts).size;
  }

  #mutes() {
    const tally = this.#tally;
    const { size: count } = this.muted;
    if (count === 0) return nothing;
    const change =
      tally === null
        ? ""
        : `: ${guessWords(tally.muted)} people (${changeWords(tally.muted.count - tally.size.count, { isGuess: tally.muted.low !== tally.muted.high, width: tally.muted.high - tally.muted.low })})`;
    const what = count === 1 ? "one muted part" : `${count} muted parts`;
    return html`<p class="mutes" role="status">
      <span>Without ${what}${change}. Muting is not in the file.</span>
      <seg-button @click=${() => this.#removeMuted()}>Remove what is muted</seg-button>
      <seg-button kind="quiet" @click=${() => {
        this.#muteOnly(new Set(), "Unmuted everything");
        this.#go({ id: this.at, on: "grip" });
      }}>Unmute</seg-button>
    </p>`;
  }

  #problems() {
    const preview = this.#preview;
    const problem = preview?.problem ?? null;
    const text = this.unreadable;
    return html`${
      text === null
        ? nothing
        : html`<seg-problem
            .problem=${{ severity: "error" as const, message: text.message, hint: `${text.hint} Mend the text to go on here.` }}
          ></seg-problem>`
    }
    ${
      problem === null
        ? nothing
        : html`<seg-problem .problem=${problem}>
            ${
              problem.code === "not-computed" && problem.cell !== null
                ? html`<seg-button slot="action" @click=${() => this.#run(problem.cell)}
                    >Run ${problem.cell}</seg-button
                  >`
                : html`<seg-button slot="action" @click=${() => preview?.retry()}>Try again</seg-button>`
            }
          </seg-problem>`
    }`;
  }

  /** The button goes once the cell has run; the focus stays in the builder. */
  #run(cell: string | null): void {
    emit(this, "run-cell", { cell, next: false });
    this.#go({ id: this.at, on: "grip" });
  }

  /** What the server says of a condition, as long as that is the one that was asked about. */
  #problemOf({ leaf }: Condition): LanguageProblem | null {
    const answered = this.#preview?.answered ?? null;
    if (leaf === null || answered === null) return null;
    const place = answered.asking.conditions.indexOf(textOf(leaf));
    return answered.view.conditions[place]?.problem ?? null;
  }

  #key(id: string, event: KeyboardEvent): void {
    const stroke = strokeOf(event);
    const command = stroke === null ? null : itemCommand(stroke);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.obey(command, id);
  }

  #grab(id: string, event: PointerEvent): void {
    this.at = id;
    if (this.#knows?.readOnly === false && id !== this.root.id) this.#drag.begin(id, event);
  }

  #line() {
    const { line } = this.#drag;
    return line === null
      ? nothing
      : html`<div class="drop-line" style=${styleMap({ top: `${line.y - 1}px`, left: `${line.x}px` })}></div>`;
  }

  /** Every place that an item may be dropped at. */
  #gaps(id: string): Gap[] {
    const item = itemAt(this.root, id);
    const inside = new Set(item === null ? [] : everyItem(item).map((each) => each.id));
    return everyItem(this.root).flatMap((group): Gap[] => {
      if (group.kind !== "group" || inside.has(group.id)) return [];
      const rows = group.items.map((each) =>
        this.renderRoot.querySelector(`[data-id="${each.id}"]`)?.getBoundingClientRect(),
      );
      const boxes = rows.filter((box) => box !== undefined);
      const last = boxes.at(-1);
      const own = this.renderRoot.querySelector(`[data-id="${group.id}"] > .items`)?.getBoundingClientRect();
      if (last === undefined)
        return own === undefined ? [] : [{ into: group.id, index: 0, x: own.left, y: own.top + 4 }];
      return [
        ...boxes.map((box, index) => ({ into: group.id, index, x: box.left, y: box.top - 2 })),
        { into: group.id, index: group.items.length, x: last.left, y: last.bottom + 2 },
      ];
    });
  }

  /** Where the part at hand is, for whoever offers actions on it. */
  get context(): BuilderContext | null {
    const item = itemAt(this.root, this.at);
    if (item === null || this.rule === null) return null;
    return {
      ...{ isGroup: item.kind === "group", isRoot: placeOf(this.root, item.id) === null, name: this.rule.name },
      isReplayable: this.cell?.kind === "segments",
    };
  }
}

const GOING: ReadonlySet<ItemCommand> = new Set(["next", "previous", "in", "out", "fields"]);

declare global {
  interface HTMLElementTagNameMap {
    "seg-rule-builder": SegRuleBuilder;
  }
}
