import { createHash } from 'node:crypto';
import { formatMoney } from '../../lib/money.mjs';
import { escapeHtml } from '../../lib/text.mjs';

export function renderInvoice({ order, customer }) {
  const html = page(order, customer);
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  return { result: { html, etag } };
}

function page(order, customer) {
  return `<!doctype html>
<title>Invoice ${order.id}</title>
<h1>Invoice ${order.id}</h1>
<p>${escapeHtml(customer.name)}, ${escapeHtml(customer.email)}, ${order.placedAt.slice(0, 10)}</p>
<table>
${order.items.map(itemRow).join('\n')}
${[...sumRows(order)].join('\n')}
</table>
`;
}

function itemRow({ name, quantity, unitCents }) {
  return row([quantity, escapeHtml(name), formatMoney(unitCents), formatMoney(unitCents * quantity)]);
}

/** Rows below the items; amounts of zero are left out, the total never. */
function* sumRows(order) {
  const sums = { Discount: -order.discountCents, Shipping: order.shippingCents, Tax: order.taxCents };
  for (const [label, cents] of Object.entries(sums)) {
    if (cents !== 0) yield row(['', label, '', formatMoney(cents)]);
  }
  yield row(['', 'Total', '', formatMoney(order.totalCents)]);
}

function row(cells) {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
