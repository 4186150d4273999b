// Papers: the answer to a dispatch, the report of a result, printed by a child.
#include "hub/api/handlers.h"

#include <fmt/format.h>

#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/assessment.h"
#include "hub/data/dispatch.h"
#include "hub/data/file_store.h"
#include "hub/errors.h"
#include "report/one_order.h"

namespace khien::hub {
namespace {

std::string media_type(const std::string& format) {
  if (format == "docx") {
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  }
  if (format == "xlsx") return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (format == "pdf") return "application/pdf";
  if (format == "json" || format == "oscal") return "application/json";
  return "text/html; charset=utf-8";
}

// HTML is looked at in a frame that may do nothing; all else is a download.
Response paper(std::string bytes, const std::string& format, const std::string& name) {
  if (format != "html") {
    return download(std::move(bytes), media_type(format),
                    name + (format == "oscal" ? ".oscal.json" : "." + format));
  }
  Response out;
  out.type = media_type(format);
  out.body = std::move(bytes);
  return out.with("Content-Security-Policy",
                  "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
                  " frame-ancestors 'self'; sandbox");
}

Result<Response> print_paper(const Call& call, const AssessmentRow& row, std::int64_t order,
                             const std::string& name) {
  KHIEN_DO(check_particulars(row, call.actor));
  if (!row.counts()) return fail(err::office_no_result, "");
  const std::string format = call.query["format"].text("docx");
  const auto file = kept_path(call.hub.data.folder(), row.sha256);
  std::vector<std::string> words = {"--lang", call.texts.lang(), "report", file.string(),
                                    "--" + format, "{out}"};
  if (order != 0) words.insert(words.end(), {"--order", fmt::format("{}", order)});
  else words.push_back("--together");
  KHIEN_TRY(std::string bytes, made_by_child(call.hub, std::move(words), "giay." + format));
  return paper(std::move(bytes), format, name);
}

// The result asked for, else the newest that speaks of the dispatch.
Result<std::int64_t> result_for(const Call& call, std::int64_t dispatch_id) {
  const std::int64_t asked = id_of(call.query["assessment"]);
  if (asked != 0) return asked;
  return latest_assessment_of(call.db, dispatch_id);
}

Result<Response> answer_dispatch(Call& call) {
  KHIEN_TRY(const std::int64_t id, result_for(call, call.id()));
  KHIEN_TRY(const auto row, find_assessment(call.db, id));
  if (!row) return fail(err::office_no_result, "");
  KHIEN_TRY(const bool seen, is_below(call.db, row->agency_id, call.actor.agency_id));
  KHIEN_TRY(const auto dispatches, assessed_dispatches(call.db, id));
  for (const AssessedDispatch& d : dispatches) {
    if (!seen || d.dispatch_id != call.id()) continue;
    DispatchRecord record;
    record.number = d.number, record.subject_line = d.subject;
    return print_paper(call, *row, d.position, "bao-cao-" + report::file_word(record));
  }
  return fail(err::office_no_result, "");
}

Result<AssessmentRow> the_result(const Call& call) {
  KHIEN_TRY(auto row, find_assessment(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  return std::move(*row);
}

Result<Response> print_report(Call& call) {
  KHIEN_TRY(const AssessmentRow row, the_result(call));
  return print_paper(call, row, 0, "bao-cao-" + row.as_of);
}

Result<Response> sealed_file(Call& call) {
  KHIEN_TRY(const AssessmentRow row, the_result(call));
  KHIEN_DO(check_particulars(row, call.actor));
  return download_file(kept_path(call.hub.data.folder(), row.sha256), "application/octet-stream",
                       row.sha256, "ket-qua-" + row.as_of + ".khien");
}

}  // namespace

void add_papers(Handlers& handlers) {
  handlers.add("dispatch_answer", answer_dispatch);
  handlers.add("assessment_report", print_report);
  handlers.add("assessment_file", sealed_file);
}

}  // namespace khien::hub
