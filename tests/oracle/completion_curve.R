# What other software says about a reporting triangle: stored in completion_curve_expected.csv, beside
# the triangle itself. Run from this folder with R and the packages survival and surveillance:
#   Rscript completion_curve.R
suppressMessages({library(survival); library(surveillance)})
set.seed(20261126)
days <- 42; window <- 10
share <- c(.22, .2, .16, .12, .09, .07, .05, .04, .03, .015, .005)
weekday <- c(1.2, 1.1, 1.1, 1.05, 1.05, .75, .75)  # by (cohort + delay) mod 7
cells <- expand.grid(j = 0:window, d = 0:(days - 1))
cells <- cells[cells$d + cells$j <= days - 1, ]
cells$w <- (cells$d + cells$j) %% 7
level <- 60 * exp(rnorm(days, 0, .15))
cells$x <- rpois(nrow(cells), level[cells$d + 1] * share[cells$j + 1] * weekday[cells$w + 1])
write.csv(cells[, c("d", "j", "x")], "completion_curve_triangle.csv", row.names = FALSE)

expected <- list()
say <- function(what, at, value) expected[[length(expected) + 1]] <<- data.frame(what, at, value)

# Over-dispersed Poisson models: outcomes still to come, by cohort.
still <- expand.grid(j = 0:window, d = 0:(days - 1))
still <- still[still$d + still$j > days - 1, ]
still$w <- (still$d + still$j) %% 7
plain <- glm(x ~ factor(d) + factor(j), family = quasipoisson, data = cells)
weekly <- glm(x ~ factor(d) + factor(j) + factor(w), family = quasipoisson, data = cells,
              control = glm.control(epsilon = 1e-14, maxit = 100))
for (d in unique(still$d)) {
  say("plain_still", d, sum(predict(plain, still[still$d == d, ], type = "response")))
  say("weekly_still", d, sum(predict(weekly, still[still$d == d, ], type = "response")))
}
effect <- exp(c(0, coef(weekly)[grep("factor\\(w\\)", names(coef(weekly)))]))
for (w in 0:6) say("weekday_factor", w, effect[w + 1] / mean(effect))

# The completion curve as a survival curve in reversed time with left truncation: an event of a cohort
# of age a with delay j enters at window - min(a, window) and ends at window - j.
age <- pmin(days - 1 - cells$d, window)
rows <- cells[cells$x > 0, ]; row_age <- age[cells$x > 0]
fit <- survfit(Surv(window - row_age - .5, window - j, rep(1, nrow(rows))) ~ 1, data = rows, weights = x)
for (a in 0:(window - 1)) say("share_known", a, summary(fit, times = window - a - .5)$surv)

# The delay distribution of Lawless (1994), as fitted by surveillance.
start <- as.Date("2026-01-05")
list <- cells[rep(seq_len(nrow(cells)), cells$x), ]
lines <- data.frame(dHosp = start + list$d, dReport = start + list$d + list$j)
now <- start + days - 1
nc <- nowcast(now = now, when = seq(now - window + 1, now, by = "1 day"), data = lines,
              dEventCol = "dHosp", dReportCol = "dReport", aggregate.by = "1 day", D = window,
              m = NULL, method = "lawless", control = list(N.tInf.max = 2000))
cdf <- nc@delayCDF[["lawless"]]
for (a in 0:(window - 1)) say("lawless_share_known", a, cdf[a + 1])
write.csv(do.call(rbind, expected), "completion_curve_expected.csv", row.names = FALSE, quote = FALSE)
