// The script of the findings page. It runs in the browser; findings-page.ts puts it into the page as it is.
(() => {
  'use strict';

  const all = (selector) => [...document.querySelectorAll(selector)];
  const buttons = all('[data-filter]');
  const cards = all('[data-finding]');
  const chosen = { severity: '', family: '' };

  const isWanted = (card) =>
    Object.entries(chosen).every(([property, value]) => value === '' || card.dataset[property] === value);

  const show = () => {
    for (const card of cards) card.hidden = !isWanted(card);
    for (const button of buttons) {
      const { filter, value } = button.dataset;
      button.setAttribute('aria-pressed', String(chosen[filter] === value));
    }
    const shown = cards.filter((card) => !card.hidden).length;
    for (const place of all('[data-shown]')) {
      place.textContent = shown === cards.length ? '' : `${shown} of ${cards.length} findings are shown.`;
    }
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      const { filter, value } = button.dataset;
      chosen[filter] = chosen[filter] === value ? '' : value;
      show();
    });
  }
  // Without this script the buttons would do nothing.
  for (const filters of all('[data-filters]')) filters.hidden = false;

  for (const button of all('[data-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Not allowed';
      }
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    });
  }
})();
