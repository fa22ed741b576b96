"use strict"
// Each player shows one position of its dial: what is seen there is of class now. Turned by its slider, by arrow
// keys, by play, and by the address, as #5 or, where the player has a name, #name=5.
const EVERY = 250 // milliseconds from one position to the next

for (const player of document.querySelectorAll(".mlbasics .player")) {
  const [slider, button, shown, caption] = ["input", "button", "output", ".caption"].map(e => player.querySelector(e))
  const positions = player.dataset.positions.split(" ")
  const prefix = player.dataset.name && player.dataset.name + "="
  const [play, pause] = [button.textContent, button.dataset.pause]
  let at = Number(slider.getAttribute("value")), timer = 0

  const turn = to => {
    at = Math.max(0, Math.min(positions.length - 1, to))
    for (const seen of player.querySelectorAll(".now")) seen.classList.remove("now")
    for (const seen of player.querySelectorAll(`[data-at~="${at}"]`)) seen.classList.add("now")
    for (const title of player.querySelectorAll("figcaption .now b"))
      title.closest("figure").querySelector("svg").setAttribute("aria-label", title.textContent)
    slider.value = at
    slider.setAttribute("aria-valuetext", shown.value = positions[at])
  }
  const write = () => {
    try { history.replaceState(null, "", "#" + prefix + positions[at]) } catch { /* some frames have no address */ }
  }
  const read = () => {
    const hash = location.hash.slice(1), value = hash.slice(prefix.length)
    if (!hash.startsWith(prefix) || value === "" || isNaN(value)) return false
    const away = positions.map(position => Math.abs(position - value))
    turn(away.indexOf(Math.min(...away)))
    return true
  }
  const stop = () => {
    clearInterval(timer)
    timer = 0
    button.textContent = play
    player.classList.remove("playing")
    caption.setAttribute("aria-live", "polite")
    write()
  }
  const start = () => {
    player.classList.add("playing")
    caption.setAttribute("aria-live", "off")
    button.textContent = pause
    turn(at === positions.length - 1 ? 0 : at)
    timer = setInterval(() => {
      turn(at + 1)
      if (at === positions.length - 1) stop()
    }, EVERY)
  }
  const jump = () => {
    if (read() && prefix) player.scrollIntoView()
  }

  button.addEventListener("click", () => timer ? stop() : start())
  slider.addEventListener("input", () => {
    if (timer) stop()
    turn(slider.valueAsNumber)
  })
  slider.addEventListener("change", write)
  player.addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step || event.target === slider || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (timer) stop()
    turn(at + step)
    write()
  })
  addEventListener("hashchange", jump)
  player.classList.add("live")
  turn(at)
  jump()
}

// Each guess is given on a slider, or as letters; then the answer is uncovered, with both on one line.
for (const form of document.querySelectorAll(".mlbasics .guess")) {
  const { scale, least, most, low, high, right } = form.dataset
  const [slider, shown, strip, folded] = ["input", "output", ".strip", "details"].map(e => form.querySelector(e))
  const log = scale === "log"
  const share = value => log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  const value = () => {
    const at = slider.value / slider.max
    return log ? low * Math.pow(high / low, at) : Number(low) + at * (high - low)
  }
  const say = () => { shown.value = Number(value().toPrecision(2)) }
  const place = (mark, at) => { strip.querySelector(mark).style.left = 100 * Math.max(0, Math.min(1, share(at))) + "%" }
  form.classList.add("live")
  if (slider) slider.addEventListener("input", say)
  form.addEventListener("submit", event => {
    event.preventDefault()
    const letters = [...form.querySelectorAll("select")].map(choice => choice.value).join("")
    const holds = slider ? value() >= least && value() <= most : letters === right
    if (slider) {
      strip.hidden = false
      place(".you", value())
      place(".true", right)
    }
    shown.value = (slider ? Number(value().toPrecision(2)) : letters) + (holds ? " ✓" : " ✗")
    folded.open = true
  })
}
