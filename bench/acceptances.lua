-- wrk script: posts acceptances. Arguments: a file with a token and an idempotency key on each line; the path; the key of the service. Begins anew at the end of the
-- file. Prints one line of JSON at the end.
local name, path, key, file

function init(args)
  name, path, key = args[1], args[2], args[3]
  file = io.open(name)
end

function request()
  local line = file:read("*l")
  if not line then
    file:close()
    file = io.open(name)
    line = file:read("*l")
  end
  local token, idempotency = line:match("^(%S+) (%S+)$")
  return wrk.format("POST", path, {
    ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json", ["Idempotency-Key"] = idempotency,
  }, '{"kind":"agree","token":"' .. token .. '"}')
end

function done(summary, latency, _)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f,"p999":%.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000))
end
