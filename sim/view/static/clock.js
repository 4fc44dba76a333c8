/* The clock: the month shown, and playing.

   moved(m) is called after each change of the month, turned(playing) when it starts or stops. */

const CALM = "(prefers-reduced-motion: reduce)";

function clockOf(view, { moved, turned }) {
  let playing = 0;

  function go(m) {
    view.at = Math.max(view.first, Math.min(view.last, m));
    moved(view.at);
  }

  function stop() {
    if (!playing) return;
    cancelAnimationFrame(playing);
    playing = 0;
    turned(false);
  }

  function start() {
    if (view.at >= view.last) go(view.first);
    turned(true);
    // who asked for less motion sees one picture a second, half a year apart
    const calm = window.matchMedia(CALM).matches;
    let then = 0;
    const tick = (now) => {
      if (!playing) return;
      if (now - then >= 1000 / (calm ? 1 : view.speed)) {
        then = now;
        go(view.at + (calm ? 6 : 1));
        if (view.at >= view.last) return stop();
      }
      playing = requestAnimationFrame(tick);
    };
    playing = requestAnimationFrame(tick);
  }

  return { go, start, stop, toggle: () => (playing ? stop() : start()) };
}
