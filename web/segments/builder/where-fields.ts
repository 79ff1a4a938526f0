import { html, nothing, type TemplateResult } from "lit";
import type { ColumnCondition, Rule } from "../../../server/language/tree.ts";
import type { EventWord } from "../../../server/language/vocabulary.ts";
import { choiceField, word } from "./choice-field.ts";
import { columnFields } from "./column-fields.ts";
import { freshCondition } from "./column-operators.ts";
import { changed, inserted, negated, switched, without } from "./edit-model.ts";
import { type Knows, offeredBy, typeIn } from "./knows.ts";
import { conditionOf, type Group, type Item, modelOf, NOWHERE, ruleOf } from "./model.ts";

/** The conditions on an event's own columns, in groups as the rule itself; null is none. */
export function whereFields(
  where: Rule | null,
  knows: Knows,
  { event, put }: { event: EventWord; put: (where: Rule | null) => void },
): TemplateResult {
  const root = modelOf(where);
  const change = (next: Group) => put(ruleOf(next));
  if (where === null) {
    if (knows.readOnly || event.columns.length === 0) return html`${nothing}`;
    const begin = () => change(withNew(root, root.id, event));
    return html`<button class="add" @click=${begin}>where …</button>`;
  }
  return html`<div class="where" role="group" aria-label=${`Which ${event.words}`}>
    <span class="word">where</span> ${groupFields(root, { root, knows, event, change })}
  </div>`;
}

interface Around {
  readonly root: Group;
  readonly knows: Knows;
  readonly event: EventWord;
  readonly change: (root: Group) => void;
}

function groupFields(group: Group, around: Around): TemplateResult {
  const { root, knows, event, change } = around;
  const joins = (place: number) => {
    if (place === 0) return nothing;
    if (place > 1 || knows.readOnly) return word(group.how);
    return choiceField({
      label: "How the event's conditions are joined",
      value: { id: group.how, label: group.how },
      choices: [
        { id: "and", label: "and" },
        { id: "or", label: "or" },
      ],
      disabled: false,
      chosen: () => change(switched(root, group.id)),
    });
  };
  return html`${group.negations > 0 ? word("not".concat(" not".repeat(group.negations - 1))) : nothing}
  ${group.items.map((item, place) => html`<span class="one">${joins(place)} ${itemFields(item, around)}</span>`)}
  ${knows.readOnly ? nothing : html`<button class="add" @click=${() => change(withNew(root, group.id, event))}>${group.how} …</button>`}`;
}

function itemFields(item: Item, around: Around): TemplateResult {
  const { root, knows, event, change } = around;
  if (item.kind === "group")
    return html`<span class="inner" role="group" aria-label="Conditions in brackets">${groupFields(item, around)}</span>`;
  const { leaf } = item;
  if (leaf === null || !("subject" in leaf)) return html`${nothing}`;
  const put = (next: ColumnCondition) =>
    change(changed(root, item.id, (old) => ({ ...old, leaf: next, source: null })));
  const { name } = leaf.subject;
  const columns = event.columns.map((column) => ({ id: column.name, label: column.name }));
  return html`${
    knows.readOnly
      ? word("not ".repeat(item.negations))
      : html`<button
          class="not"
          aria-pressed=${String(item.negations % 2 === 1)}
          aria-label=${`Not: ${name}`}
          @click=${() => change(negated(root, item.id))}
        >
          not
        </button>`
  }
  ${choiceField({
    label: `Column of ${event.words}`,
    value: { id: name, label: name },
    choices: columns,
    disabled: knows.readOnly,
    chosen: (column) => put(freshCondition({ name: column, marked: false, ...NOWHERE }, typeIn(event.columns, column))),
  })}
  ${columnFields(leaf, knows, { kind: typeIn(event.columns, name), column: offeredBy(event, name), changed: put })}
  ${
    knows.readOnly
      ? nothing
      : html`<button class="drop" aria-label=${`Remove the condition on ${name}`} @click=${() => change(without(root, item.id))}>×</button>`
  }`;
}

function withNew(root: Group, into: string, event: EventWord): Group {
  const [first] = event.columns.filter(({ name }) => name !== event.at && name !== event.entity);
  const column = first ?? event.columns[0];
  if (column === undefined) return root;
  const leaf = freshCondition({ name: column.name, marked: false, ...NOWHERE }, typeIn([column], column.name));
  return inserted(root, { into, index: Number.MAX_SAFE_INTEGER }, conditionOf(leaf));
}
