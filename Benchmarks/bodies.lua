-- wrk posts what payout posts: method 15, each request with an id of its own.
-- Arguments after `--`: the token, the first id, a file with the rest of each body after the id.
local tails = {}
local nextID
local head = '{"agentTranId":'

function init(arguments)
    wrk.method = "POST"
    wrk.path = "/services/bmms/api/ext/agent/pay"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Accept"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. arguments[1]
    nextID = tonumber(arguments[2])
    for tail in io.lines(arguments[3]) do tails[#tails + 1] = tail end
end

function request()
    nextID = nextID + 1
    return wrk.format(nil, nil, nil, head .. string.format("%d", nextID) .. tails[nextID % #tails + 1])
end
