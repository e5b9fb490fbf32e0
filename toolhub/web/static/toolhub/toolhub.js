// Comfort only: every page works without this.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const on = (name, act) => document.addEventListener(name, act);
  const keyOf = (element) => element.dataset.key || element.id;
  let focused = '';
  let opened = [];
  let isUnsaved = false;

  // "/" goes to the search; Escape and a click elsewhere close a menu.
  on('keydown', (event) => {
    const { key, target } = event;
    const menu = target.closest('.menu[open]');
    const box = all('[type=search]')[0];
    if (key === 'Escape' && menu) {
      menu.open = false;
      menu.firstElementChild.focus();
    } else if (key === '/' && box && !event.ctrlKey && !event.metaKey && !target.closest('input, textarea, select')) {
      event.preventDefault();
      box.select();
    }
  });
  on('click', ({ target }) => {
    for (const menu of all('.menu[open]')) menu.open = menu.contains(target);
  });

  // When htmx has swapped a region, the focus stays where it was or goes to the heading; what was unfolded stays so.
  on('htmx:beforeSwap', () => {
    focused = keyOf(document.activeElement);
    opened = all('details[open][data-key]').map(keyOf);
  });
  on('htmx:afterSettle', ({ detail: { elt } }) => {
    const heading = elt.querySelector('h1') || elt.querySelector('h2');
    const same = focused && all('[data-key], [id]').find((one) => keyOf(one) === focused);
    for (const one of all('details[data-key]')) one.open ||= opened.includes(keyOf(one));
    if (!heading) return;
    heading.tabIndex = -1;
    (same || heading).focus({ preventScroll: Boolean(same) });
    if (same) all('#announcer')[0].textContent = heading.textContent;
  });

  // Text typed in a form[data-unsaved] is not lost by a stray click.
  on('input', ({ target }) => {
    isUnsaved ||= Boolean(target.closest('form[data-unsaved]'));
  });
  on('submit', () => {
    isUnsaved = false;
  });
  addEventListener('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault();
  });
})();
