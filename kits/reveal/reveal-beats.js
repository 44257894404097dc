// For Reveal.js: the beats of a run are fragments of its slide. Whatever goes to the next fragment goes to the next beat:
// keys, a tap, a remote control; and a slide that is entered from behind shows its last one.
const players = (slide) => slide?.querySelectorAll("job-playground[beats]") ?? [];
const beats = (player) => player.getAttribute("beats").split(";");

export default () => ({
  id: "job-playground",
  init(deck) {
    for (const player of players(deck.getSlidesElement()))
      for (const at of beats(player).slice(1)) {
        const fragment = document.createElement("span");
        fragment.className = "fragment";
        fragment.dataset.at = at;
        player.parentNode.append(fragment);
      }
    const show = () => {
      for (const player of players(deck.getCurrentSlide())) {
        const passed = [...player.parentNode.querySelectorAll(":scope > .fragment.visible")];
        player.setAttribute("at", passed.at(-1)?.dataset.at ?? beats(player)[0]);
      }
    };
    for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) deck.on(event, show);
  },
});
