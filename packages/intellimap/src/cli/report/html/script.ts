/** The page is whole without it: this adds a filter above long tables. */
export const SCRIPT = `
for (const section of document.querySelectorAll('section')) {
  const rows = [...section.querySelectorAll('.findings tbody tr')];
  if (rows.length < 12) continue;
  const field = document.createElement('input');
  field.type = 'search';
  field.placeholder = 'filter ' + rows.length + ' findings';
  field.setAttribute('aria-label', field.placeholder);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  field.addEventListener('input', () => {
    const wanted = field.value.toLowerCase();
    rows.forEach((row, at) => { row.hidden = !texts[at].includes(wanted); });
    for (const more of section.querySelectorAll('details')) more.open = wanted !== '';
  });
  section.querySelector('h2').after(field);
}
`;
