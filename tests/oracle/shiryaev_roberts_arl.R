# Average run lengths of the Shiryaev-Roberts procedure for normal data, behind the values in
# detector_oracle_test.cc. Needs the package spc. zr = -8: the default 0 reflects the statistic and
# gives 81.5, 326.6 and 1634.9 in control.
library(spc)
for (A in c(50, 200, 1000)) {
  cat(A, xgrsr.arl(k = .5, g = log(A), mu = 0, zr = -8, r = 100),
      xgrsr.arl(k = .5, g = log(A), mu = 1, zr = -8, r = 100), "\n")
}
