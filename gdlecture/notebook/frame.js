// A notebook's cell: the explorer's page in a frame of its own, so that neither its style nor its
// keys mix with the notebook's. The frame's `host` is what the page knows of the notebook.

const inflated = (view) =>
  new Response(
    new Blob([view]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();

// JupyterLab says which theme it has; elsewhere the page asks the browser.
const themeOf = () => {
  const isLight = document.body.dataset.jpThemeLight;
  return isLight === undefined ? null : isLight === "true" ? "light" : "dark";
};

// How long an answer may take before the page goes on without one, in milliseconds.
const PATIENCE = 6000;

const render = async ({ model, el }) => {
  const kit = await model.widget_manager.get_model(model.get("kit").replace("IPY_MODEL_", ""));
  const page = await inflated(kit.get("page"));
  const frame = document.createElement("iframe");
  frame.title = model.get("title");
  frame.style.cssText = "display: block; width: 100%; height: 620px; border: 0; color-scheme: auto";
  let [explorer, waiting, timer, isLate] = [null, null, null, false];

  const sameAs = (run, state) =>
    run.rate === state.rate && run.steps === state.steps &&
    run.start?.every((c, i) => c === state.start[i]);

  const answer = () => {
    const run = model.get("run");
    if (!waiting || !sameAs(run, waiting)) return;
    clearTimeout(timer);
    waiting = null;
    explorer.answer(run);
    if (isLate) explorer.say(explorer.spoken());
  };

  // One question at a time: while a slider moves, only its latest place is asked for.
  const descend = (state) => {
    [waiting, isLate] = [state, false];
    if (sameAs(model.get("run"), state)) {
      answer();
      return;
    }
    const { start, rate, steps } = state;
    model.set("asked", { start, rate, steps });
    model.save_changes();
    clearTimeout(timer);
    timer = setTimeout(() => {
      isLate = true; // a kernel that was busy may answer yet
      explorer.answer(null);
      explorer.say("No kernel answers: this is gdmath’s walk, not your code’s.", true);
    }, PATIENCE);
  };

  const colour = () => {
    const theme = themeOf();
    if (theme) frame.contentDocument.documentElement.dataset.theme = theme;
  };

  const dress = () => {
    if (!explorer) return;
    colour();
    explorer.dress();
  };

  // A notebook may take a cell away that is out of sight: the page begins anew when it is back.
  frame.host = {
    get link() {
      return model.get("link");
    },
    descend: model.get("descends") ? descend : null,
    begin(begun) {
      explorer = begun;
      colour();
      sizes.observe(frame.contentDocument.body);
    },
    keep(link) {
      model.set("link", link);
      model.save_changes();
    },
  };
  const sizes = new ResizeObserver(([{ target }]) => {
    frame.style.height = `${Math.ceil(target.getBoundingClientRect().height)}px`;
  });
  const themes = new MutationObserver(dress);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  model.on("change:run", answer);
  const [before, after] = page.split(kit.get("gap"));
  const theme = themeOf();
  const root = theme ? `<html data-theme="${theme}" ` : "<html ";
  frame.srcdoc = before.replace("<html ", root) + model.get("field") + after;
  el.append(frame);
  return () => {
    clearTimeout(timer);
    sizes.disconnect();
    themes.disconnect();
    model.off("change:run", answer);
  };
};

export default { render };
