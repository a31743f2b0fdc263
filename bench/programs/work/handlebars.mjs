// Handlebars compiles a page with partials and helpers, and renders it.
import Handlebars from 'handlebars';

export const own = ['node_modules/handlebars/**'];

const PAGE = `<html>{{> head title=title}}<ul>{{#each items}}<li class="{{#if first}}first{{else}}{{kind}}{{/if}}">
{{upper name}} {{price.amount}} {{#with price}}{{currency}}{{/with}} {{#unless sold}}<b>{{@index}}</b>{{/unless}}</li>{{/each}}</ul></html>`;

export function prepare() {
  const items = Array.from({ length: 60 }, (_, at) => ({
    first: at === 0,
    kind: `k${at % 3}`,
    name: `item <${at}>`,
    price: { amount: at, currency: 'EUR' },
    sold: at % 4 === 0,
  }));
  return () => {
    let length = 0;
    for (let page = 0; page < 60; page++) {
      const own = Handlebars.create();
      own.registerHelper('upper', (text) => text.toUpperCase());
      own.registerPartial('head', '<head><title>{{title}}</title></head>');
      const render = own.compile(PAGE);
      for (let time = 0; time < 10; time++) length += render({ title: `page ${page}`, items }).length;
    }
    return `${length}`;
  };
}
