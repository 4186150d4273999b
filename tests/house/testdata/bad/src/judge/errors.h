inline constexpr Code first = "K0501";
inline constexpr Code second = "K0501";
// Of others.

inline constexpr Code third = "K1502";
inline constexpr Code fourth = "K0201";
