// Brings the page's islands alive once the browser is idle. The page is complete before this runs, and stays as it is when
// any of it fails.
const root = document.documentElement;
const { js, wasm } = document.getElementById("boot").dataset;

const idle = () =>
  new Promise((done) => {
    if ("requestIdleCallback" in window) requestIdleCallback(done, { timeout: 1000 });
    else setTimeout(done, 1);
  });

// A page may offer to be printed; without a script the browser's own way is there.
addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-print]")) print();
});

try {
  const [bundle, module_or_path] = await Promise.all([import(js), fetch(wasm, { priority: "low" })]);
  await idle();
  await bundle.default({ module_or_path });
  bundle.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    // An island among another's children gets its context from there.
    island.parentElement.closest("leptos-children")?.$$on_hydrate?.();
    bundle[island.dataset.component](island);
  }
  root.dataset.hydrated = "true";
} catch (reason) {
  root.dataset.hydrated = "failed";
  console.warn("The page stays as it is: its live parts did not start.", reason);
}
