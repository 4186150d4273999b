// Error codes of hub (K1300-K1399). Texts in content/text/<lang>/hub.yaml; the status each gives in
// HTTP stands in hub/server/problem.cc. K1300-K1339 the ground, K1340-K1349 the resources of an
// office, K1350-K1359 signing in elsewhere, K1360-K1364 sources, K1365-K1369 an agent's
// own end, K1370-K1399 those of a centre.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code hub_not_found = "K1300";
inline constexpr Code hub_not_signed_in = "K1301";
inline constexpr Code hub_not_allowed = "K1302";
inline constexpr Code hub_token_wrong = "K1303";      // the header X-Khien-Token
inline constexpr Code hub_request_invalid = "K1304";  // args: field, wanted
inline constexpr Code hub_too_large = "K1305";        // args: limit, MiB
inline constexpr Code hub_method = "K1306";
inline constexpr Code hub_media_type = "K1307";       // args: wanted
inline constexpr Code hub_busy = "K1308";
inline constexpr Code hub_too_many = "K1309";         // args: seconds
inline constexpr Code hub_disk_full = "K1310";
inline constexpr Code hub_changed_since = "K1311";
inline constexpr Code hub_match_missing = "K1312";
inline constexpr Code hub_link_invalid = "K1313";
inline constexpr Code hub_sign_in_wrong = "K1314";
inline constexpr Code hub_password_due = "K1315";
inline constexpr Code hub_password_weak = "K1316";
inline constexpr Code hub_folder_in_use = "K1317";
inline constexpr Code hub_data_newer = "K1318";       // args: name; a migration this program lacks
inline constexpr Code hub_migration = "K1319";        // args: detail; place names the migration
inline constexpr Code hub_api_invalid = "K1320";      // args: detail; place has the line
inline constexpr Code hub_cannot_listen = "K1321";    // args: detail
inline constexpr Code hub_child_failed = "K1322";     // args: exit, detail
inline constexpr Code hub_cancelled = "K1323";
inline constexpr Code hub_conflict = "K1324";         // args: what
inline constexpr Code hub_internal = "K1325";         // args: detail
inline constexpr Code hub_origin = "K1326";
inline constexpr Code hub_child_time = "K1327";       // args: seconds
inline constexpr Code hub_read_only_disk = "K1328";
inline constexpr Code hub_address = "K1329";          // args: value; no HOST:PORT
inline constexpr Code hub_code_missing = "K1330";     // right, but for the one-time code
inline constexpr Code hub_last_admin = "K1331";
inline constexpr Code hub_otp_due = "K1332";
inline constexpr Code hub_copy_damaged = "K1334";     // args: detail
inline constexpr Code hub_certificate = "K1333";      // the file holds none
inline constexpr Code passkey_refused = "K1336";       // args: why
inline constexpr Code passkey_counter = "K1337";       // place names the key
inline constexpr Code passkey_unfit = "K1338";         // args: why; no keys on this page
inline constexpr Code passkey_many = "K1339";          // args: limit
inline constexpr Code hub_gave_up = "K1335";          // args: attempts; a job broken off each time

inline constexpr Code office_unnamed = "K1340";
inline constexpr Code office_no_dispatch = "K1341";    // none is confirmed
inline constexpr Code office_unsure = "K1342";         // args: count; measures to look at first
inline constexpr Code office_state = "K1343";          // args: state; what is asked does not fit it
inline constexpr Code office_kind = "K1344";           // args: kind
inline constexpr Code office_parameter = "K1345";      // args: kind, parameter, wanted
inline constexpr Code office_cells = "K1346";          // args: count; cells of a register
inline constexpr Code office_no_result = "K1347";      // nothing assessed yet
inline constexpr Code office_span = "K1348";           // no text between from and to
inline constexpr Code office_day = "K1349";            // args: field, value
inline constexpr Code office_network = "K1360";        // the hub may not use the network
inline constexpr Code office_not_here = "K1361";       // this machine is not the office's own

inline constexpr Code directory_setting = "K1350";     // args: value; place names the field
inline constexpr Code directory_trouble = "K1351";     // args: detail
inline constexpr Code openid_setting = "K1352";        // args: value; place names the field
inline constexpr Code openid_trouble = "K1353";        // args: detail
inline constexpr Code sign_in_elsewhere = "K1354";     // the password of this user is not kept here
inline constexpr Code openid_refused = "K1355";        // args: login; nobody here is that person
inline constexpr Code agent_request = "K1356";  // no request for a certificate, or a weak key
inline constexpr Code agent_piece = "K1357";  // args: have; the piece does not go on from there
inline constexpr Code agent_facts = "K1358";           // the whole is not what its name says
inline constexpr Code agent_hub = "K1365";             // args: detail; of the agent's own end
inline constexpr Code agent_print = "K1366";           // args: found; another certificate
inline constexpr Code agent_enrolled = "K1367";
inline constexpr Code agent_not_enrolled = "K1368";

inline constexpr Code result_seal = "K1385";           // changed after it was sealed
inline constexpr Code result_agency = "K1386";         // args: stated, found
inline constexpr Code result_future = "K1387";         // args: day
inline constexpr Code result_own_only = "K1388";       // particulars of an agency are its own
inline constexpr Code rollup_day = "K1389";            // args: value; a day to come
inline constexpr Code urge_nobody = "K1390";           // nobody of those named is late
inline constexpr Code mail_settings = "K1391";         // args: detail
inline constexpr Code decided_already = "K1392";
inline constexpr Code extension_day = "K1393";         // args: due_on; not later than it is
inline constexpr Code decided_above = "K1394";         // not by who asks
inline constexpr Code agency_under_itself = "K1370";   // args: name
inline constexpr Code agency_successor = "K1371";      // args: name
inline constexpr Code agency_dissolved = "K1372";      // args: name, day, successor ("none")
inline constexpr Code agency_has_units = "K1373";      // args: count
inline constexpr Code agency_days = "K1374";           // args: from, to
inline constexpr Code issue_not_below = "K1375";       // args: name
inline constexpr Code issue_opened = "K1376";          // args: name
inline constexpr Code issue_nobody = "K1377";
inline constexpr Code dispatch_received = "K1378";     // what it says comes from above
inline constexpr Code incoming_taken = "K1379";        // args: no, year
inline constexpr Code answer_step = "K1380";           // args: state, wanted
inline constexpr Code answer_lacks = "K1381";          // args: field
inline constexpr Code reply_link_gone = "K1382";
inline constexpr Code issue_no_enterprise = "K1383";   // args: name
inline constexpr Code agency_not_yet = "K1395";        // args: name, day
inline constexpr Code list_agency = "K1384";           // args: row, column, detail

}  // namespace khien::err
