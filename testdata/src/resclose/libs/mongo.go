package libs

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/mongo"
)

// countItems reads to the end, where nothing is left to close.
func countItems(ctx context.Context, c *mongo.Collection) (int, error) {
	cur, err := c.Find(ctx, nil)
	if err != nil {
		return 0, err
	}
	return length(ctx, cur), cur.Err()
}

func length(ctx context.Context, cur *mongo.Cursor) int {
	n := 0
	for cur.Next(ctx) {
		n++
	}
	return n
}

func decodeItems(ctx context.Context, c *mongo.Collection) ([]item, error) {
	cur, err := c.Find(ctx, nil) // want `^cursor from c\.Find is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	var items []item
	for cur.Next(ctx) {
		var i item
		if err := cur.Decode(&i); err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, cur.Err()
}

func firstItem(ctx context.Context, c *mongo.Collection) (i item, err error) {
	cur, err := c.Find(ctx, nil) // want `^cursor from c\.Find is not closed when the function returns at line \d+$`
	if err != nil {
		return i, err
	}
	if cur.Next(ctx) {
		err = cur.Decode(&i)
	}
	return i, err
}

func allItems(ctx context.Context, c *mongo.Collection) (items []item, err error) {
	cur, err := c.Find(ctx, nil)
	if err != nil {
		return nil, err
	}
	return items, cur.All(ctx, &items)
}
