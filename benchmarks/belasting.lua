-- For wrk: sends the messages of a file one after another and counts what is not an answer.
-- Each line of the file is a Cookie header (may be empty), a tab, and a JSON body.

local kop, berichten, volgende = { ["Content-Type"] = "application/json" }, {}, 0
local draden = {}
fouten = 0

function setup(draad) table.insert(draden, draad) end

function init(args)
  for regel in io.lines(args[1]) do
    local koekje, inhoud = regel:match("^(.-)\t(.*)$")
    table.insert(berichten, { koekje, inhoud })
  end
end

function request()
  volgende = volgende % #berichten + 1
  kop["Cookie"] = berichten[volgende][1]
  return wrk.format("POST", nil, kop, berichten[volgende][2])
end

function response(status, _, inhoud)
  if status ~= 200 or #inhoud < 40 then fouten = fouten + 1 end
end

function done(samen, duur)
  local fout = samen.errors.connect + samen.errors.read + samen.errors.write + samen.errors.timeout
  for _, draad in ipairs(draden) do fout = fout + draad:get("fouten") end
  io.write(string.format('{"berichten": %d, "seconden": %.3f, "p50_ms": %.1f, "p95_ms": %.1f, "fouten": %d}\n',
    samen.requests, samen.duration / 1e6, duur:percentile(50) / 1e3, duur:percentile(95) / 1e3, fout))
end
