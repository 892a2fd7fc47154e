'use strict';
(() => {
  const rows = [...document.querySelectorAll('.rev')].map(rev => ({
    rev,
    item: rev.parentElement,
    state: rev.dataset.state,
    // What is its own: the revisions it is linked with have rows themselves.
    text: [...rev.querySelectorAll('summary, .script, .names')].map(part => part.textContent).join(' ').toLowerCase(),
  }));
  const form = document.getElementById('filter');
  const boxes = [...document.querySelectorAll('#filter [name=state]')];

  // Filtering hides rows. The lanes between those left would join what is not joined: they go too.
  const apply = () => {
    const words = document.getElementById('filter-text').value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = new Set(boxes.filter(box => box.checked).map(box => box.value));
    let shown = 0;
    for (const row of rows) {
      const fits = states.has(row.state) && words.every(word => row.text.includes(word));
      row.item.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById('graph').classList.toggle('filtered', shown < rows.length);
    document.getElementById('no-match').hidden = shown > 0;
    document.getElementById('filter-count').value = `${shown} of ${rows.length} shown`;
  };

  if (form) {
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', event => event.preventDefault());
    apply();
  }

  // A link to a revision opens it, also when a filter hides it.
  const reveal = () => {
    const found = location.hash && document.getElementById(location.hash.slice(1));
    if (found && found.matches('.rev')) {
      if (found.parentElement.hidden) {
        form.reset();
        apply();
      }
      found.open = true;
      found.scrollIntoView({ block: 'center' });
      found.querySelector('summary').focus({ preventScroll: true });
    }
  };
  addEventListener('hashchange', reveal);
  reveal();

  // Up and down walk through the rows that are shown; Home and End go to the ends.
  document.addEventListener('keydown', event => {
    const from = event.target.closest && event.target.closest('.rev > summary');
    if (!from || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const all = rows.filter(row => !row.item.hidden).map(row => row.rev.querySelector('summary'));
    const at = all.indexOf(from);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined && all[to]) {
      event.preventDefault();
      all[to].focus();
    }
  });

  // Paper shows what a reader would have to open.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('.way details, .finding details')].filter(part => !part.open);
    opened.forEach(part => { part.open = true; });
  });
  addEventListener('afterprint', () => opened.forEach(part => { part.open = false; }));
})();
