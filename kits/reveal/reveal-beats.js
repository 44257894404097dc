// For Reveal.js: the beats of a run are fragments of its slide. Whatever goes to the next fragment goes to the next beat:
// keys, a tap, a remote control; and a slide that is entered from behind shows its last one.
export default () => ({
  id: "job-playground",
  init(deck) {
    const players = (slide) => [...(slide?.querySelectorAll("job-playground[beats]") ?? [])];
    for (const player of players(deck.getSlidesElement())) {
      const [, ...beats] = player.getAttribute("beats").split(";");
      for (const at of beats) {
        const beat = document.createElement("span");
        beat.className = "fragment";
        beat.dataset.at = at;
        player.after(beat);
        player.parentNode.append(beat);
      }
    }
    const show = () => {
      for (const player of players(deck.getCurrentSlide())) {
        const [first] = player.getAttribute("beats").split(";");
        const passed = [...player.parentNode.querySelectorAll(":scope > .fragment.visible[data-at]")];
        player.setAttribute("at", passed.at(-1)?.dataset.at ?? first);
      }
    };
    for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) deck.on(event, show);
  },
});
