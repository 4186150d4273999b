// The paper that answers a dispatch: draft, submitted, signed, numbered, sent; and its signed file.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/sqlite.h"

namespace khien::hub {

inline constexpr std::array<const char*, 5> kAnswerStates = {"draft", "submitted", "signed",
                                                             "numbered", "sent"};

struct AnswerRow {
  std::int64_t id = 0, dispatch_id = 0;  // id 0: nothing was written yet
  std::string state = "draft";
  std::string number, dated_on, signed_by, sent_on, sent_to;
  std::string file_name, file_sha256;
  std::int64_t file_bytes = 0;
};
struct AnswerStep {
  std::string state, by_name, note;
  std::int64_t at = 0;
};

[[nodiscard]] Result<AnswerRow> answer_of(const Database& db, std::int64_t dispatch_id);
// Its id; a new one begins as a draft.
[[nodiscard]] Result<std::int64_t> save_answer(const Database& db, const AnswerRow& row);
[[nodiscard]] Done add_answer_step(const Database& db, std::int64_t answer_id,
                                   const AnswerStep& step);
[[nodiscard]] Result<std::vector<AnswerStep>> answer_steps(const Database& db,
                                                           std::int64_t answer_id);

}  // namespace khien::hub
