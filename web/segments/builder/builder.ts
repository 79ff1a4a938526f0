import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { describeRule } from "../../../server/language/describe.ts";
import type { LanguageProblem, Vocabulary } from "../../../server/language/vocabulary.ts";
import type { Cell } from "../../../server/notebook/model.ts";
import { emit } from "../../parts/emit.ts";
import { strokeOf } from "../../shell/key-stroke.ts";
import { OfferedValues } from "../../state/offered-values.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import type { WrittenRule } from "../written-rules.ts";
import type { Aside } from "./asides.ts";
import "./asides.ts";
import { atHand, type BuilderContext } from "./at-hand.ts";
import { builderStyle } from "./builder-style.ts";
import { ItemDrag } from "./drag.ts";
import { changed, everyItem, itemAt, moved, placeOf } from "./edit-model.ts";
import { gapsOf } from "./gaps.ts";
import { type FocusPlace, ItemFocus } from "./item-focus.ts";
import { type ItemCommand, itemCommand } from "./item-keys.ts";
import { clockOf, type Knows, vocabularyOf } from "./knows.ts";
import { type Condition, type Group, type Leaf, modelOf, ruleOf } from "./model.ts";
import { Muting } from "./muting.ts";
import { obeyed } from "./obey.ts";
import { questionOf } from "./question.ts";
import { drawnFrom, type RulePlace, rewritten, textAt } from "./rule-text.ts";
import { RuleSizes } from "./sizes.ts";
import { mutesView, problemsView, sizeView } from "./standing.ts";
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
  #sizes: RuleSizes | null = null;
  #offered: OfferedValues | null = null;
  readonly #focus = new ItemFocus(this);
  readonly #muting = new Muting(this, () => ({ root: this.root, session: this.session, name: this.rule?.name ?? "" }));
  readonly #drag = new ItemDrag(
    this,
    (id) => gapsOf(this.root, id, this.renderRoot),
    (id, gap) => this.#apply("Moved a condition", moved(this.root, id, gap), { id, on: "grip" }),
  );

  constructor() {
    super();
    new Watch(this, () => [this.session, this.#sizes?.preview]);
    this.addEventListener("focusin", () => atHand.take(this));
  }

  override willUpdate(changes: PropertyValues<this>): void {
    const { session, cell, rule } = this;
    if (session === null || cell === null || rule === null) return;
    if (changes.has("session") || this.#sizes === null || this.#offered === null) {
      this.#sizes?.preview.stop();
      this.#sizes = new RuleSizes(session);
      this.#offered = new OfferedValues(session.questions);
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
    this.#text = textAt(session.notebook, { cell: cell.id, path: rule.path }) ?? this.#text;
    if (this.#text !== this.#read) this.#draw(this.#text, vocabulary);
    if (!everyItem(this.root).some(({ id }) => id === this.at)) this.at = this.root.items[0]?.id ?? this.root.id;
    const asking = questionOf(session, cell, { rule: rule.name, root: this.root });
    this.#sizes.count(this.unreadable === null ? this.root : null, { asking, muted: this.#muting.ids });
  }

  override render() {
    const { session, rule } = this;
    const knows = this.#knows;
    const sizes = this.#sizes;
    if (session === null || rule === null || knows === null || sizes === null) return nothing;
    const { tally, preview } = sizes;
    const drawn = ruleOf(this.root);
    const clock = clockOf(session);
    const muted = this.#muting.ids;
    return html`${sizeView({ root: this.root, tally, preview }, () => emit(this, "close", null))}
      ${mutesView({ tally, muted }, { remove: this.#removeMuted, end: this.#unmute })}
      ${problemsView({ unreadable: this.unreadable, preview }, this.#run)}
      <div ?inert=${this.unreadable !== null}>
        ${groupView(this.root, {
          ...{ root: this.root, knows, clock, tally, muted, at: this.at },
          problem: (item) => sizes.problemOf(item),
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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.preview.stop();
    this.session?.history.part(this);
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
      if (this.#muting.toggle(id)) this.#go({ id, on: "grip" });
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

  #go(place: FocusPlace): void {
    this.at = place.id;
    this.#focus.want(place);
  }

  #apply(label: string, root: Group, place: FocusPlace): void {
    if (root === this.root) return;
    this.root = root;
    this.#muting.keep();
    this.#go(place);
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
    const place: RulePlace = { cell: cell.id, path: rule.path };
    const next = rewritten(this.root, { before: this.#text, vocabulary, notebook: session.notebook.text, place });
    if (next === null) return;
    const text = next.notebook;
    if (typeof text !== "string") {
      emit(this, "make-change", { label, text, at: cell.id });
      return;
    }
    this.#read = next.rule;
    if (how === "typed") session.type(text, { cell: cell.id, where: `rule ${cell.id} ${rule.name}`, how: "typed" });
    else session.change(`${label} in ${rule.name}`, text, { at: cell.id });
  }

  #draw(text: string, vocabulary: Vocabulary): void {
    this.#read = text;
    const drawn = drawnFrom(text, vocabulary, this.root);
    this.unreadable = "items" in drawn ? null : drawn;
    if (!("items" in drawn)) return;
    this.root = drawn;
    this.#muting.keep();
  }

  readonly #removeMuted = (): void => {
    const root = this.#muting.rest();
    this.#apply("Removed what was muted", root, { id: root.items[0]?.id ?? root.id, on: "grip" });
  };

  readonly #unmute = (): void => {
    this.#muting.end();
    this.#go({ id: this.at, on: "grip" });
  };

  /** The button goes once the cell has run; the focus stays in the builder. */
  readonly #run = (cell: string): void => {
    emit(this, "run-cell", { cell, next: false });
    this.#go({ id: this.at, on: "grip" });
  };

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
