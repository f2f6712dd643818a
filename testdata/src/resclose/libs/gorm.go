// Package libs releases, and leaks, what libraries hand out.
package libs

import (
	"errors"

	"gorm.io/gorm"
)

type item struct{ ID, Count int }

func transfer(db *gorm.DB, a, b *item) error {
	tx := db.Begin() // want `^transaction from db\.Begin is not ended when the function returns at line \d+$`
	if tx.Error != nil {
		return tx.Error
	}
	if err := tx.Save(a).Error; err != nil {
		tx.Rollback()
		return err
	}
	if err := tx.Where("id = ?", b.ID).First(b).Error; err != nil {
		return err
	}
	return tx.Commit().Error
}

func transferred(db *gorm.DB, a, b *item) (err error) {
	tx := db.Begin()
	if err := tx.Error; err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			tx.Rollback()
		}
	}()
	if err := tx.Save(a).Error; err != nil {
		tx.Rollback()
		return err
	}
	if b.Count < 0 {
		tx.Rollback()
		return errors.New("too few")
	}
	return tx.Commit().Error
}

func deferred(db *gorm.DB, a *item) error {
	tx := db.Begin()
	defer tx.Rollback()
	if tx.Error != nil {
		return tx.Error
	}
	if err := tx.Create(a).Error; err != nil {
		return err
	}
	return tx.Commit().Error
}

func begun(db *gorm.DB) *gorm.DB { return db.Begin().Where("open") }

func within(db *gorm.DB, a *item) error {
	return db.Transaction(func(tx *gorm.DB) error { return tx.Create(a).Error })
}
