import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { describeRule } from "../../../server/language/describe.ts";
import type { Clock, LanguageProblem } from "../../../server/language/vocabulary.ts";
import "../../parts/menu.ts";
import "./condition.ts";
import type { ItemCommand } from "./item-keys.ts";
import type { Knows } from "./knows.ts";
import { type Condition, type Group, type Item, type Leaf, ruleOf } from "./model.ts";
import { itemWords } from "./size-words.ts";
import type { Tally } from "./tally.ts";

/** What the rule's parts are drawn with, and what they ask for. */
export interface TreeView {
  readonly root: Group;
  readonly knows: Knows;
  readonly clock: Clock;
  readonly tally: Tally | null;
  readonly muted: ReadonlySet<string>;
  /** The part whose handle is reached by Tab. */
  readonly at: string;
  /** What is wrong with a condition. */
  readonly problem: (item: Condition) => LanguageProblem | null;
  readonly obey: (id: string, command: ItemCommand) => void;
  readonly key: (id: string, event: KeyboardEvent) => void;
  readonly grab: (id: string, event: PointerEvent) => void;
  readonly leaf: (id: string, leaf: Leaf) => void;
}

/** A group with all that is in it. */
export function groupView(group: Group, view: TreeView): TemplateResult {
  const isRoot = group.id === view.root.id;
  const { readOnly } = view.knows;
  const label = isRoot ? "The whole rule" : `Group: ${wordsOf(group, view)}`;
  return html`<div
    class="item group ${isRoot ? "root" : ""} ${mutedClass(group, view)}"
    data-id=${group.id}
    role="group"
    aria-label=${label}
  >
    <div class="head">
      ${grip(group, label, view)} ${notButton(group, view)}
      <select
        aria-label=${isRoot ? "How the rule's conditions are joined" : "How the group's conditions are joined"}
        ?disabled=${readOnly}
        .value=${group.how}
        @change=${() => view.obey(group.id, "switch")}
      >
        <option value="and" ?selected=${group.how === "and"}>all of these (AND)</option>
        <option value="or" ?selected=${group.how === "or"}>any of these (OR)</option>
      </select>
      ${isRoot ? nothing : sizes(group, view)} ${isRoot ? nothing : actions(group, view)}
    </div>
    <div class="items">
      ${repeat(
        group.items,
        ({ id }) => id,
        (item, place) => html`<div class="line">
          <span class="join" aria-hidden="true">${place === 0 ? "" : group.how}</span>
          ${item.kind === "group" ? groupView(item, view) : conditionView(item, view)}
        </div>`,
      )}
      ${
        readOnly
          ? nothing
          : html`<div class="adds">
              <button class="add" @click=${() => view.obey(group.id, "add")}>
                ${group.items.length === 0 ? "Choose a condition" : `${group.how === "and" ? "and" : "or"} a condition`}
              </button>
              ${
                isRoot && group.items.length > 0
                  ? html`<button class="add" @click=${() => view.obey(group.id, group.how === "and" ? "or" : "and")}>
                      ${group.how === "and" ? "or" : "and"} beside all of it
                    </button>`
                  : nothing
              }
            </div>`
      }
    </div>
  </div>`;
}

function conditionView(item: Condition, view: TreeView): TemplateResult {
  const label = item.leaf === null ? "A condition that is to be chosen" : `Condition: ${wordsOf(item, view)}`;
  const problem = view.problem(item);
  return html`<div class="item condition ${mutedClass(item, view)}" data-id=${item.id} role="group" aria-label=${label}>
    <div class="head">
      ${grip(item, label, view)} ${notButton(item, view)}
      <seg-condition
        .leaf=${item.leaf}
        .knows=${view.knows}
        @leaf=${(event: CustomEvent<{ leaf: Leaf }>) => view.leaf(item.id, event.detail.leaf)}
        @keydown=${(event: KeyboardEvent) => fieldKey(event)}
      ></seg-condition>
      ${actions(item, view)}
    </div>
    ${
      problem === null
        ? sizes(item, view)
        : html`<p class="wrong">${problem.message.replaceAll("`", "")} ${problem.hint.replaceAll("`", "")}</p>`
    }
  </div>`;
}

/** Escape goes from a field to the handle of its condition. */
function fieldKey(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  event.stopPropagation();
  const row = (event.currentTarget as HTMLElement).closest(".item");
  row?.querySelector<HTMLElement>(".grip")?.focus();
}

function grip(item: Item, label: string, view: TreeView) {
  const isMuted = view.muted.has(item.id) ? ", muted" : "";
  const said = saidSizes(item, view);
  return html`<button
    class="grip"
    data-grip=${item.id}
    tabindex=${item.id === view.at ? "0" : "-1"}
    aria-label=${`${label}${isMuted}${said === "" ? "" : `: ${said}`}`}
    aria-describedby="keys"
    @pointerdown=${(event: PointerEvent) => view.grab(item.id, event)}
    @keydown=${(event: KeyboardEvent) => view.key(item.id, event)}
  ></button>`;
}

function notButton(item: Item, view: TreeView) {
  const isNegated = item.negations > 0;
  const words = item.negations > 1 ? "NOT ".repeat(item.negations).trim() : "NOT";
  return html`<button
    class="not"
    aria-pressed=${String(isNegated)}
    ?disabled=${view.knows.readOnly}
    @click=${() => view.obey(item.id, "negate")}
  >
    ${words}
  </button>`;
}

function actions(item: Item, view: TreeView) {
  if (view.knows.readOnly) return nothing;
  const isMuted = view.muted.has(item.id);
  const items = [
    { id: "negate", label: item.negations > 0 ? "End the NOT" : "Negate", hint: "N" },
    { id: "duplicate", label: "Duplicate", hint: "D" },
    { id: "up", label: "Move up", hint: "Alt+↑", apart: true },
    { id: "down", label: "Move down", hint: "Alt+↓" },
    { id: "group", label: "Put into a group", hint: "Ctrl+G" },
    ...(item.kind === "group" && item.negations === 0 ? [{ id: "ungroup", label: "Dissolve the group" }] : []),
    { id: "remove", label: "Remove", hint: "Del", apart: true },
  ];
  const about = wordsOf(item, view);
  return html`<span class="acts">
    <button
      class="quiet"
      aria-pressed=${String(isMuted)}
      aria-label=${`Mute: ${about}`}
      ?disabled=${ruleOf(item) === null}
      @click=${() => view.obey(item.id, "mute")}
    >
      ${isMuted ? "Muted" : "Mute"}
    </button>
    <seg-menu
      label="More"
      described=${`More for ${about}`}
      .items=${items}
      @pick=${(event: CustomEvent<{ id: ItemCommand }>) => {
        event.stopPropagation();
        view.obey(item.id, event.detail.id);
      }}
    ></seg-menu>
  </span>`;
}

function sizes(item: Item, view: TreeView) {
  const { tally } = view;
  const told = tally?.items.get(item.id);
  if (tally === null || told === undefined || ruleOf(item) === null) return html`<p class="sizes"></p>`;
  const all = told.keeps.count + told.drops.count;
  const share = all === 0 ? 0 : (told.keeps.count / all) * 100;
  return html`<p class="sizes">
    <span class="bar" aria-hidden="true"><i style="width:${share}%"></i></span>
    ${itemWords(told).map((words, place) => html`${place > 0 ? " · " : ""}<span>${words}</span>`)}
  </p>`;
}

function saidSizes(item: Item, { tally }: TreeView): string {
  const told = tally?.items.get(item.id);
  return tally === null || told === undefined ? "" : itemWords(told).join(", ");
}

function mutedClass(item: Item, { muted }: TreeView): string {
  return muted.has(item.id) ? "muted" : "";
}

function wordsOf(item: Item, { clock }: TreeView): string {
  const rule = ruleOf(item);
  return rule === null ? "not chosen yet" : describeRule(rule, clock);
}
