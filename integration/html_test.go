package integration

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shopPage writes the HTML report on the example and returns its URL.
func shopPage(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "report.html")
	output(t, "..", []int{1}, leakvet, "-C", "examples/shop", "-html", name, "-tier=audit", "./...")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"src=", "@import", "url("} {
		if strings.Contains(string(data), part) {
			t.Errorf("the page loads something: %s", part)
		}
	}
	return "file://" + filepath.ToSlash(name)
}

// browser starts Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox) // tests may run as root
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start (make browser installs it): %v", err)
	}
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// ask returns the value of an expression in the page.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// emulate makes the page look as in a window of that width, by day or by night.
func emulate(scheme string, width int64) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(chromedp.EmulateViewport(width, 844), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
}

// TestHTML reads the report as people do, on a desk and on a phone, by day and
// by night.
func TestHTML(t *testing.T) {
	url := shopPage(t)
	ctx := browser(t)
	backs := make(map[string]string)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 390} {
			t.Run(fmt.Sprintf("%s at %d", scheme, width), func(t *testing.T) {
				do := func(steps ...chromedp.Action[chromedp.Void]) {
					t.Helper()
					if err := chromedp.Do(ctx, steps...); err != nil {
						t.Fatal(err)
					}
				}
				cards := func() int { return ask[int](t, ctx, `document.querySelectorAll("details").length`) }
				do(emulate(scheme, width), chromedp.Navigate(url))
				backs[scheme] = ask[string](t, ctx, `getComputedStyle(document.body).backgroundColor`)
				all := cards()
				do(chromedp.Click(chromedp.CSS("#open")))
				if n := ask[int](t, ctx, `document.querySelectorAll("details[open] .body").length`); n != all || all < 15 {
					t.Errorf("%d of %d findings are open", n, all)
				}
				// Nothing reaches beyond the edge, though all is open.
				if n := ask[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
					t.Errorf("the page is %d pixels too wide", n)
				}
				do(chromedp.Click(chromedp.CSS(`.chip[data-value="respbody"]`)))
				if n := cards(); n >= all || n < 6 {
					t.Errorf("%d of %d findings are of respbody", n, all)
				}
				do(chromedp.SendKeys(chromedp.CSS("#search"), "Currency"))
				if n := cards(); n != 1 {
					t.Fatalf("the search leaves %d findings", n)
				}
				do(chromedp.Click(chromedp.CSS("summary")), chromedp.WaitVisible(chromedp.CSS(".row.here mark")))
				if got := ask[string](t, ctx, `document.querySelector(".row.here mark").textContent`); got != `s.fetch(ctx, "currency")` {
					t.Errorf("the source is %q", got)
				}
				if got := ask[string](t, ctx, `document.querySelector(".way li:last-child").textContent`); !strings.Contains(got, "the function returns here") {
					t.Errorf("the end of the way is %q", got)
				}
			})
		}
	}
	if backs["light"] == backs["dark"] {
		t.Errorf("day and night look the same: %s", backs["light"])
	}
}
