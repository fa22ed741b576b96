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
    for (const reading of player.querySelectorAll(".reading")) reading.remove()
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

// The curve nearest to the pointer tells its name and its value there.
const points = path => path.getAttribute("d").split("M").slice(1).map(run => {
  const [x, y, ...steps] = run.match(/-?(?:\d+\.?\d*|\.\d+)/g).map(Number), all = [[x, y]]
  for (let i = 0; i < steps.length; i += 2) all.push([all.at(-1)[0] + steps[i], all.at(-1)[1] + steps[i + 1]])
  return all
})
const drawn = (whole, tag, attributes) => {
  const element = document.createElementNS(whole.namespaceURI, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}
const INSET = 6 // units from the frame to where its x axis starts

for (const plot of document.querySelectorAll(".mlbasics svg > svg[data-x]")) {
  const whole = plot.parentElement, [left, top, width, height] = ["x", "y", "width", "height"].map(a => Number(plot.getAttribute(a)))
  const value = (scale, place) => {
    const [low, unit, log] = scale.split(" "), at = Number(low) + place * unit
    return Number((log ? 10 ** at : at).toPrecision(3))
  }
  const clear = () => whole.querySelector(".reading")?.remove()
  const read = event => {
    clear()
    const here = new DOMPoint(event.clientX, event.clientY).matrixTransform(whole.getScreenCTM().inverse())
    const x = here.x - left, y = here.y - top
    if (x < 0 || x > width || y < 0 || y > height) return
    let nearest
    for (const path of plot.querySelectorAll("[data-name] > .line")) {
      if (!path.getClientRects().length) continue
      for (const run of points(path))
        for (let i = 1; i < run.length; i++) {
          const [[u, v], [to, level]] = [run[i - 1], run[i]]
          if (u === to || x < Math.min(u, to) || x > Math.max(u, to)) continue
          const height = v + (level - v) * (x - u) / (to - u)
          if (!nearest || Math.abs(height - y) < Math.abs(nearest.y - y)) nearest = { y: height, of: path.parentElement }
        }
    }
    if (!nearest || nearest.y < 0 || nearest.y > height) return
    const reading = drawn(whole, "g", { class: `reading ${nearest.of.getAttribute("class").split(" ")[0]}` }), right = x > width / 2
    const said = drawn(whole, "text", { class: "name", x: here.x + (right ? -8 : 8), y: top + Math.max(nearest.y - 8, 12), "text-anchor": right ? "end" : "start" })
    said.textContent = `${nearest.of.dataset.name} (${value(plot.dataset.x, x - INSET)}, ${value(plot.dataset.y, height - nearest.y)})`
    reading.append(drawn(whole, "circle", { cx: here.x, cy: top + nearest.y, r: 3.5 }), said)
    whole.append(reading)
  }
  for (const kind of ["pointermove", "pointerdown"]) whole.addEventListener(kind, read)
  whole.addEventListener("pointerleave", clear)
}

for (const button of document.querySelectorAll(".mlbasics dd button")) {
  const label = button.textContent, code = button.previousElementSibling
  button.hidden = false
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(code)
    try { await navigator.clipboard.writeText(code.textContent) } catch { return } // some may not: a key then copies
    button.textContent = button.dataset.done
    setTimeout(() => { button.textContent = label }, 2000)
  })
}
